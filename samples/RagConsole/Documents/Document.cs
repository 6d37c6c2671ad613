namespace RagConsole.Documents;

/// <summary>The text of a document.</summary>
/// <param name="Text">The text; for HTML and PDF, what a reader would see.</param>
/// <param name="SourceLines">For each line of the text, the line of the file (of a PDF, the page) it comes from; null where they are the same.</param>
internal sealed record Document(string Text, IReadOnlyList<int>? SourceLines = null)
{
    /// <summary>Returns the line of the file that a line of the text, from 1, comes from.</summary>
    public int SourceLine(int line) => SourceLines is null ? line : SourceLines[line - 1];
}
