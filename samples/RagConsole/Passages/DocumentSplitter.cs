using System.Globalization;
using Jina.Extensions.AI;
using RagConsole.Documents;

namespace RagConsole.Passages;

/// <summary>Represents a part of the text of a document.</summary>
/// <param name="Range">The range in the text.</param>
/// <param name="First">The first place in the file, in the unit of the document.</param>
/// <param name="Last">The last place in the file.</param>
/// <param name="Above">The title and the section, or the declarations around code, or an empty string.</param>
internal readonly record struct DocumentChunk(Range Range, int First, int Last, string Above);

/// <summary>Splits the text of a document into chunks that name their places in the file. No chunk is in two sections.</summary>
internal sealed class DocumentSplitter
{
    /// <summary>With most titles and sections, which are embedded as well, a passage has up to 128 tokens.</summary>
    private const int MaxTokens = 120;

    /// <summary>A passage repeats the last sentence of the one before, if that is not longer.</summary>
    private const int OverlapTokens = MaxTokens / 4;

    /// <summary>A function needs more tokens than a paragraph, because each bracket is one.</summary>
    private const int MaxCodeTokens = 2 * MaxTokens;

    /// <summary>The longest titles and sections have fewer tokens, except in rare scripts.</summary>
    private const int HeadingTokens = 64;

    /// <summary>
    /// The tokenizer needs about 80 bytes per character. Texts are split in pieces, so that a long text needs no more memory than
    /// this many characters. Most documents are one piece.
    /// </summary>
    internal const int PieceLength = 1 << 18;

    private readonly TokenChunker _chunker;
    private readonly CodeSplitter _code;

    public DocumentSplitter(T5Tokenizer tokenizer)
    {
        var maxTokens = Limit(tokenizer, MaxTokens);
        _chunker = new TokenChunker(tokenizer, maxTokens, Math.Min(OverlapTokens, maxTokens / 4));
        _code = new CodeSplitter(tokenizer, Limit(tokenizer, MaxCodeTokens));
    }

    /// <summary>Gets a text that changes with everything that determines the chunks and their headings.</summary>
    /// <remarks>Increase the first number after a change of this class, <see cref="CodeSplitter"/> or <see cref="Headings"/>.</remarks>
    public static string Settings { get; } = string.Create(
        CultureInfo.InvariantCulture, $"3 {MaxTokens} {OverlapTokens} {MaxCodeTokens} {PieceLength}");

    /// <summary>Splits a document.</summary>
    public IReadOnlyList<DocumentChunk> Split(Document document) =>
        document.IsCode ? _code.Split(document.Text) : SplitText(document);

    /// <summary>Returns the length of the next piece of a text, which ends after a paragraph, or else a line, or else a word.</summary>
    internal static int FindPieceLength(ReadOnlySpan<char> text)
    {
        if (text.Length <= PieceLength)
        {
            return text.Length;
        }

        var half = text[(PieceLength / 2)..PieceLength];
        foreach (var end in (ReadOnlySpan<string>)["\n\n", "\n", " "])
        {
            if (half.LastIndexOf(end) is >= 0 and var index)
            {
                return (PieceLength / 2) + index + end.Length;
            }
        }

        // A surrogate pair and a line end of two characters stay together.
        return char.IsHighSurrogate(half[^1]) || half[^1] == '\r' ? PieceLength - 1 : PieceLength;
    }

    private static int Limit(T5Tokenizer tokenizer, int maxTokens) =>
        Math.Clamp(tokenizer.MaxTokens - HeadingTokens, TokenChunker.MinimumMaxTokens, maxTokens);

    private List<DocumentChunk> SplitText(Document document)
    {
        var chunks = new List<DocumentChunk>();
        var headings = new Headings(document.Text);
        var line = 0;
        foreach (var (start, length) in FindPieces(document.Text, headings.FindSections()))
        {
            var piece = document.Text.Substring(start, length);
            foreach (var chunk in _chunker.Split(piece))
            {
                var (first, last) = document.Sources is { } sources
                    ? FindPlaces(sources, start + chunk.Start, start + chunk.End - 1)
                    : (line + chunk.StartLine, line + chunk.EndLine);
                var above = headings.FindAbove(start + chunk.Start);
                chunks.Add(new DocumentChunk((start + chunk.Start)..(start + chunk.End), first, last, above));
            }

            line += CountLineEnds(piece);
        }

        return chunks;
    }

    /// <summary>Returns the sections of a text. A long section is several pieces.</summary>
    private static IEnumerable<(int Start, int Length)> FindPieces(string text, IReadOnlyList<int> starts)
    {
        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1] : text.Length;
            for (var start = starts[i]; start < end;)
            {
                var length = FindPieceLength(text.AsSpan(start..end));
                yield return (start, length);
                start += length;
            }
        }
    }

    /// <summary>Returns the lowest and the highest place of the characters from one index to another.</summary>
    private static (int First, int Last) FindPlaces(IReadOnlyList<SourceRun> sources, int from, int to)
    {
        var run = SourceRun.FindIndex(sources, from);
        var (first, last) = (sources[run].Place, sources[run].Place);
        for (run++; run < sources.Count && sources[run].Start <= to; run++)
        {
            (first, last) = (Math.Min(first, sources[run].Place), Math.Max(last, sources[run].Place));
        }

        return (first, last);
    }

    private static int CountLineEnds(ReadOnlySpan<char> text)
    {
        var count = text.Count('\n');
        for (var index = text.IndexOf('\r'); index >= 0 && index < text.Length; index++)
        {
            count += text[index] == '\r' && (index + 1 == text.Length || text[index + 1] != '\n') ? 1 : 0;
        }

        return count;
    }
}
