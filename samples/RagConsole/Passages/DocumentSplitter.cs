using System.Globalization;
using Jina.Extensions.AI;
using RagConsole.Documents;

namespace RagConsole.Passages;

/// <summary>Splits the text of a document into chunks that name their lines in the file. No chunk is in two sections.</summary>
internal sealed class DocumentSplitter(T5Tokenizer tokenizer)
{
    /// <summary>With most titles and sections, which are embedded as well, a passage has up to 128 tokens.</summary>
    private const int MaxTokens = 120;

    /// <summary>A passage repeats the last sentence of the one before, if that is not longer.</summary>
    private const int OverlapTokens = MaxTokens / 4;

    /// <summary>The longest titles and sections have fewer tokens, except in rare scripts.</summary>
    private const int HeadingTokens = 64;

    /// <summary>
    /// The tokenizer needs about 80 bytes per character. Texts are split in pieces, so that a long text needs no more memory than
    /// this many characters. Most documents are one piece.
    /// </summary>
    internal const int PieceLength = 1 << 18;

    private readonly TokenChunker _chunker = CreateChunker(tokenizer);

    /// <summary>Gets a text that changes with everything that determines the chunks and their headings.</summary>
    /// <remarks>Increase the first number after a change of this class or of <see cref="Headings"/>.</remarks>
    public static string Settings { get; } = string.Create(
        CultureInfo.InvariantCulture, $"2 {MaxTokens} {OverlapTokens} {PieceLength}");

    /// <summary>Splits a document. The lines of a chunk are those of the file. For a PDF, they are its pages.</summary>
    /// <param name="document">The document.</param>
    /// <param name="headings">The headings of its text.</param>
    public IReadOnlyList<TextChunk> Split(Document document, Headings headings)
    {
        var chunks = new List<TextChunk>();
        var line = 0;
        foreach (var (start, length) in FindPieces(document.Text, headings.FindSections()))
        {
            var piece = document.Text.Substring(start, length);
            foreach (var chunk in _chunker.Split(piece))
            {
                var (first, last) = document.Sources is { } sources
                    ? FindLines(sources, start + chunk.Start, start + chunk.End - 1)
                    : (line + chunk.StartLine, line + chunk.EndLine);
                chunks.Add(chunk with { Start = start + chunk.Start, End = start + chunk.End, StartLine = first, EndLine = last });
            }

            line += CountLineEnds(piece);
        }

        return chunks;
    }

    private static TokenChunker CreateChunker(T5Tokenizer tokenizer)
    {
        var maxTokens = Math.Clamp(tokenizer.MaxTokens - HeadingTokens, TokenChunker.MinimumMaxTokens, MaxTokens);
        return new TokenChunker(tokenizer, maxTokens, Math.Min(OverlapTokens, maxTokens / 4));
    }

    /// <summary>Returns the sections of a text. A long section is several pieces.</summary>
    private static IEnumerable<(int Start, int Length)> FindPieces(string text, IReadOnlyList<int> starts)
    {
        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1] : text.Length;
            for (var start = starts[i]; start < end;)
            {
                var length = FindLength(text.AsSpan(start..end));
                yield return (start, length);
                start += length;
            }
        }
    }

    /// <summary>Returns the length of the next piece, which ends after a paragraph, or else a line, or else a word.</summary>
    private static int FindLength(ReadOnlySpan<char> text)
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

    /// <summary>Returns the lowest and the highest line of the characters from one index to another.</summary>
    private static (int First, int Last) FindLines(IReadOnlyList<SourceRun> sources, int from, int to)
    {
        var run = SourceRun.FindIndex(sources, from);
        var (first, last) = (sources[run].Line, sources[run].Line);
        for (run++; run < sources.Count && sources[run].Start <= to; run++)
        {
            (first, last) = (Math.Min(first, sources[run].Line), Math.Max(last, sources[run].Line));
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
