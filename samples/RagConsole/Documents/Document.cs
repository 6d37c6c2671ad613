namespace RagConsole.Documents;

/// <summary>A text file: its path below the documents' folder, with forward slashes, and its text.</summary>
internal sealed record Document(string File, string Text);
