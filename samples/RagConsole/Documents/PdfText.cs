using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;

namespace RagConsole.Documents;

/// <summary>Reads the title and the pages of a PDF in reading order. The places are pages.</summary>
internal static class PdfText
{
    /// <summary>Readers accept a file whose header starts within its first 1,024 bytes.</summary>
    private const int HeaderWithin = 1024;

    public static ReadResult Read(byte[] content)
    {
        var header = "%PDF-"u8;
        if (content.AsSpan(0, Math.Min(content.Length, HeaderWithin + header.Length - 1)).IndexOf(header) < 0)
        {
            return ReadResult.Reject("it is not a PDF file. Expected %PDF- within the first 1,024 bytes.");
        }

        try
        {
            return ReadPages(content);
        }
        catch (PdfDocumentEncryptedException)
        {
            return ReadResult.Reject("it is encrypted. Save it without a password.");
        }
    }

    private static ReadResult ReadPages(byte[] content)
    {
        using var pdf = PdfDocument.Open(content);
        var text = new StringBuilder();
        var pages = new List<SourceRun>();
        foreach (var page in pdf.GetPages())
        {
            pages.Add(new SourceRun(text.Length, page.Number));
            foreach (var character in ContentOrderTextExtractor.GetText(page).ReplaceLineEndings("\n"))
            {
                // Fonts without a table of characters can give control characters.
                text.Append(char.IsControl(character) && character != '\n' ? ' ' : character);
            }

            text.Append('\n');
            if (text.Length > ReadResult.MaxCharacters)
            {
                break;
            }
        }

        return ReadResult.Create(
            new Document(text.ToString(), pages, pdf.Information.Title?.Trim() ?? "", PlaceUnit.Page),
            $"it has no text (pages: {pages.Count}). If it was scanned, add a text layer with a program for text recognition (OCR).");
    }
}
