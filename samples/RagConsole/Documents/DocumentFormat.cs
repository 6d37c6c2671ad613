using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace RagConsole.Documents;

/// <summary>Reads the text of a file in the format of its extension.</summary>
internal static class DocumentFormat
{
    private static readonly Dictionary<string, Func<byte[], Document?>> Readers = new(StringComparer.OrdinalIgnoreCase)
    {
        [".md"] = ReadText,
        [".markdown"] = ReadText,
        [".txt"] = ReadText,
        [".html"] = HtmlText.Read,
        [".htm"] = HtmlText.Read,
        [".pdf"] = ReadPdf,
    };

    /// <summary>Gets the supported extensions for messages.</summary>
    public static string Names { get; } = string.Join(", ", Readers.Keys);

    /// <summary>Determines whether the extension of a file is supported.</summary>
    public static bool Supports(string file) => Readers.ContainsKey(Path.GetExtension(file));

    /// <summary>Returns the text of a file, or null if the content does not have the format of the extension.</summary>
    public static Document? Read(string file, byte[] content) => Readers[Path.GetExtension(file)](content);

    /// <summary>Reads UTF-8, or the encoding of a byte order mark. Invalid bytes become U+FFFD.</summary>
    private static Document? ReadText(byte[] content)
    {
        using var reader = new StreamReader(new MemoryStream(content), Encoding.UTF8);
        var text = reader.ReadToEnd();
        return text.Contains('\0') ? null : new Document(text);
    }

    /// <summary>Reads the pages of a PDF in reading order. The source line of a line is its page.</summary>
    private static Document? ReadPdf(byte[] content)
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
