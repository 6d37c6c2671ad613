using System.Globalization;
using System.Text;

namespace RagConsole.Documents;

/// <summary>Represents the result of reading a file: its text, or the reason why it is skipped.</summary>
/// <param name="Document">
/// The text. It is empty if the file has the format of its extension but no text. If null, the file could not be read.
/// </param>
/// <param name="Remark">The reason why the text is missing, or a remark about how it was read.</param>
internal sealed record ReadResult(Document? Document, string? Remark = null)
{
    /// <summary>
    /// The complete works of Shakespeare have 5.5 million characters. A longer text is probably a log or a dump, which does not
    /// answer questions.
    /// </summary>
    public const int MaxCharacters = 16 << 20;

    /// <summary>Gets a value that indicates whether the file was read but has no text.</summary>
    public bool IsWithoutText => Document is { Text: "" };

    /// <summary>Creates the result for a file that could not be read.</summary>
    public static ReadResult Reject(string reason) => new(null, reason);

    /// <summary>Creates the result for a document. Long words are shortened, and a long text is rejected.</summary>
    /// <param name="document">The document.</param>
    /// <param name="noText">The remark for a document without visible characters.</param>
    /// <param name="remark">The remark for a document with text.</param>
    public static ReadResult Create(Document document, string noText, string? remark = null)
    {
        (document, var longWords) = LongWords.Shorten(document);
        if (longWords > 0)
        {
            var shortened = string.Create(
                CultureInfo.InvariantCulture,
                $"words of more than {LongWords.MaxLength:N0} characters are probably data and were shortened: {longWords:N0}.");
            remark = $"{remark} {shortened}".TrimStart();
        }

        if (document.Text.Length > MaxCharacters)
        {
            return Reject(string.Create(
                CultureInfo.InvariantCulture,
                $"it has more than {MaxCharacters:N0} characters of text. Split it into smaller files."));
        }

        return document.Text.EnumerateRunes().Any(IsVisible) ? new(document, remark) : new(new Document(""), noText);
    }

    private static bool IsVisible(Rune rune) => !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned);
}
