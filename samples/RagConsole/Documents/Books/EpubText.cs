using System.IO.Compression;
using System.Text.RegularExpressions;
using RagConsole.Documents.Html;

namespace RagConsole.Documents.Books;

/// <summary>Reads the chapters of an EPUB book in reading order, without its table of contents.</summary>
internal static partial class EpubText
{
    /// <summary>A chapter has less text than a book.</summary>
    private const int MaxChapterBytes = 4 * ReadResult.MaxCharacters;

    public static ReadResult Read(byte[] content)
    {
        using var archive = ZipContent.Open(content, "an EPUB book");
        var package = EpubPackage.Read(archive);
        var text = new TextBuilder();
        foreach (var (index, chapter) in package.Chapters.Index())
        {
            if (!chapter.IsNavigation && archive.GetEntry(chapter.Path) is { } entry)
            {
                Add(text, entry, package.Titles.GetValueOrDefault(chapter.Path), index + 1);
            }

            if (text.IsTooLong)
            {
                break;
            }
        }

        return ReadResult.Create(
            text.ToDocument(PlaceUnit.Chapter, package.Title),
            $"it has no text (chapters: {package.Chapters.Count}). Text in pictures is not read.");
    }

    /// <summary>Adds a chapter. Its title in the table of contents is a heading if the chapter has none.</summary>
    private static void Add(TextBuilder text, ZipArchiveEntry entry, string? title, int number)
    {
        if (entry.Length > MaxChapterBytes)
        {
            throw new UnreadableDocumentException(
                $"its chapter {number} has more than {MaxChapterBytes >> 20} MB. Split it into smaller files.");
        }

        var source = new byte[entry.Length];
        using (var stream = entry.Open())
        {
            stream.ReadExactly(source);
        }

        var decoded = TextDecoder.Decode(source, HtmlEncoding.FindDeclared(source));
        if (decoded.Text is null)
        {
            throw new UnreadableDocumentException($"its chapter {number} is not text. The book is damaged or encrypted.");
        }

        var chapter = HtmlText.Read(CloseEmptyElements(decoded.Text), titleAsHeading: false).Text;
        text.EndBlock(blankLine: true);
        if (chapter.Length > 0 && title is not null && !Heading().IsMatch(chapter))
        {
            text.StartHeading(1);
            text.Append(title, number);
            text.EndHeading();
            chapter = chapter.StartsWith($"{title}\n", StringComparison.Ordinal) ? chapter[(title.Length + 1)..] : chapter;
        }

        text.Append(chapter, number);
        text.EndBlock(blankLine: true);
    }

    /// <summary>Writes empty elements of XHTML with an end tag. In HTML, the rest of the page would be inside of them.</summary>
    private static string CloseEmptyElements(string source) =>
        EmptyElement().Replace(source, element => IsVoid(element.Groups["name"].Value)
            ? element.Value
            : $"<{element.Groups["name"].Value}{element.Groups["attributes"].Value}></{element.Groups["name"].Value}>");

    private static bool IsVoid(string name) => name.ToUpperInvariant() is "AREA" or "BASE" or "BR" or "COL" or "EMBED" or "HR" or "IMG"
        or "INPUT" or "LINK" or "META" or "PARAM" or "SOURCE" or "TRACK" or "WBR";

    /// <summary>Attributes are matched possessively, so that an element without an end takes linear time.</summary>
    [GeneratedRegex(
        """<(?<name>[A-Za-z][A-Za-z0-9:._-]*)(?<attributes>(?>(\s+[^\s"'<>/=]+(\s*=\s*("[^"<]*"|'[^'<]*'))?)*))\s*/>""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex EmptyElement();

    [GeneratedRegex("^#{1,6} ", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
