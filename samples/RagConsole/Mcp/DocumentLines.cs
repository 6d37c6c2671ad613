using RagConsole.Documents;

namespace RagConsole.Mcp;

/// <summary>Represents the text of a line of a file, of a page or a slide, or of another numbered part of a document.</summary>
internal readonly record struct DocumentLine(int Number, string Text);

/// <summary>Splits the text of a document into the parts that citations name.</summary>
internal static class DocumentLines
{
    /// <summary>Returns the parts in the order of the text. The parts of an extracted text have the numbers of its sources.</summary>
    public static IReadOnlyList<DocumentLine> Split(Document document)
    {
        if (document.Sources is not { Count: > 0 } sources)
        {
            return [.. TextLines.Split(document.Text).Select((line, index) => new DocumentLine(index + 1, line))];
        }

        var lines = new List<DocumentLine>();
        for (var first = 0; first < sources.Count;)
        {
            var next = first + 1;
            while (next < sources.Count && sources[next].Place == sources[first].Place)
            {
                next++;
            }

            var end = next < sources.Count ? sources[next].Start : document.Text.Length;
            lines.Add(new DocumentLine(sources[first].Place, document.Text[sources[first].Start..end].TrimEnd('\r', '\n')));
            first = next;
        }

        return lines;
    }
}
