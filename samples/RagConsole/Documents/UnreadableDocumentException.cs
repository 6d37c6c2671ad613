namespace RagConsole.Documents;

/// <summary>The exception for a document that cannot be read.</summary>
/// <param name="reason">The reason as a part of a sentence about the file: "it is encrypted."</param>
internal sealed class UnreadableDocumentException(string reason) : Exception(reason);
