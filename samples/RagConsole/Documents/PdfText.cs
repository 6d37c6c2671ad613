using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace RagConsole.Documents;

/// <summary>The text of a PDF, in the order in which it is read; its lines are told by the page they stand on.</summary>
internal static class PdfText
{
    public static Document? Read(byte[] content)
    {
        if (!content.AsSpan().StartsWith("%PDF-"u8))
        {
            return null;
        }

        using var pdf = PdfDocument.Open(content);
        var lines = new List<string>();
        var pages = new List<int>();
        foreach (var page in pdf.GetPages())
        {
            foreach (var line in ContentOrderTextExtractor.GetText(page).ReplaceLineEndings("\n").Split('\n'))
            {
                lines.Add(line);
                pages.Add(page.Number);
            }
        }

        return new Document(string.Join('\n', lines), pages);
    }
}
