using System.Text;
using System.Text.RegularExpressions;

namespace RagConsole.Documents;

/// <summary>Shortens words that are data, such as an image in base64. Their passages would crowd out those of the text.</summary>
/// <remarks>Only ASCII characters count, because not every language has white space between words.</remarks>
internal static partial class LongWords
{
    /// <summary>The longest URLs that browsers and servers accept are shorter.</summary>
    public const int MaxLength = 10_000;

    private const int KeptLength = 100;

    /// <summary>Returns the document with the starts of its long words, and the number of long words.</summary>
    public static (Document Document, int Count) Shorten(Document document)
    {
        var text = new StringBuilder();
        var sources = document.Sources is null ? null : new List<SourceRun>();
        var (count, read, run) = (0, 0, 0);
        foreach (var word in LongWord().EnumerateMatches(document.Text))
        {
            Copy(word.Index + KeptLength);
            text.Append('…');
            read = word.Index + word.Length;
            count++;
        }

        if (count == 0)
        {
            return (document, 0);
        }

        Copy(document.Text.Length);
        return (document with { Text = text.ToString(), Sources = sources }, count);

        void Copy(int end)
        {
            for (; run < document.Sources?.Count && document.Sources[run].Start < end; run++)
            {
                var source = document.Sources[run];
                sources!.Add(source with { Start = text.Length + Math.Max(0, source.Start - read) });
            }

            text.Append(document.Text, read, end - read);
        }
    }

    [GeneratedRegex("[!-~]{10001,}")]
    private static partial Regex LongWord();
}
