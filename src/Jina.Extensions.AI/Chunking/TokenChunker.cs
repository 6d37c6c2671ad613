using Jina.Extensions.AI.Chunking;

namespace Jina.Extensions.AI;

/// <summary>Cuts texts into passages that a model reads whole, each overlapping the one before.</summary>
/// <remarks>
/// A passage ends at the best place in its second half: before a Markdown heading, else at the end of a paragraph, a
/// line, a sentence or a word. The overlap starts with a sentence or else with a word; before a heading there is none.
/// White space at the ends belongs to no passage. Safe for concurrent use.
/// </remarks>
public sealed class TokenChunker
{
    /// <summary>Small passages are found better than large ones: their vector is about one thing.</summary>
    public const int DefaultMaxTokens = 128;

    /// <summary>Enough for a sentence that the cut would tear from its neighbours.</summary>
    public const int DefaultOverlapTokens = 24;

    /// <summary>The least size of a passage that can be asked for.</summary>
    public const int LeastMaxTokens = 16;

    private readonly T5Tokenizer _tokenizer;
    private readonly int _maxTokens;
    private readonly int _overlapTokens;

    /// <summary>Creates a chunker.</summary>
    /// <param name="tokenizer">The tokenizer of the model that will embed the passages.</param>
    /// <param name="maxTokens">The most tokens of a passage, the end token included; the model's own limit holds too.</param>
    /// <param name="overlapTokens">The most tokens that two neighbours share: up to a quarter of a passage.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    public TokenChunker(T5Tokenizer tokenizer, int maxTokens = DefaultMaxTokens, int overlapTokens = DefaultOverlapTokens)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, LeastMaxTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(overlapTokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(overlapTokens, maxTokens / 4);
        _tokenizer = tokenizer;
        _maxTokens = Math.Min(maxTokens, tokenizer.MaxTokens);
        _overlapTokens = Math.Min(overlapTokens, _maxTokens / 4);
    }

    /// <summary>Cuts a text; the passages come in order and hold every character that is not white space.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The passages; none for a text of white space.</returns>
    public IReadOnlyList<TextChunk> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // The last token is the end token, which stands for no character.
        int[] tokenEnds = [.. _tokenizer.EncodeToTokens(text, out _).SkipLast(1).Select(token => token.Offset.End.Value)];
        var lines = Positions.OfLines(text);
        var length = text.AsSpan().TrimEnd().Length;
        var chunks = new List<TextChunk>();
        for (var start = TextBreaks.SkipSpace(text, 0); start < length;)
        {
            var end = FindEnd(text.AsSpan(0, length), tokenEnds, start);
            chunks.Add(new TextChunk(start, end, Positions.CountUpTo(lines, start), Positions.CountUpTo(lines, end - 1)));
            start = FindNextStart(text.AsSpan(0, length), tokenEnds, start, end);
        }

        return chunks;
    }

    private int FindEnd(ReadOnlySpan<char> text, int[] tokenEnds, int start)
    {
        var first = Positions.CountUpTo(tokenEnds, start);
        for (var count = Math.Min(_maxTokens - 1, tokenEnds.Length - first); ;)
        {
            var end = first + count >= tokenEnds.Length
                ? text.Length
                : TextBreaks.Best(text, count < 2 ? start : tokenEnds[first + (count / 2) - 1], tokenEnds[first + count - 1]);
            end = start + text[start..end].TrimEnd().Length;

            // A piece cut out of a text can have a few tokens more than it had there: a word cut in two is spelled anew.
            var excess = _tokenizer.CountTokens(text[start..end]) - _maxTokens;
            if (excess <= 0 || count <= 1)
            {
                return end;
            }

            count = Math.Max(1, count - excess);
        }
    }

    private int FindNextStart(ReadOnlySpan<char> text, int[] tokenEnds, int start, int end)
    {
        var next = TextBreaks.SkipSpace(text, end);
        var shared = Positions.CountUpTo(tokenEnds, end) - _overlapTokens;
        var kind = TextBreaks.At(text, end);
        if (_overlapTokens == 0 || shared < 1 || kind == Break.Section)
        {
            return next;
        }

        // Only a word that is cut anyway, or a script without spaces, overlaps by parts of a word.
        var earliest = tokenEnds[shared - 1];
        var overlap = kind == Break.InsideWord ? TextBreaks.SkipSpace(text, earliest) : TextBreaks.FirstStart(text, earliest, end);
        return overlap > start && overlap < end ? overlap : next;
    }
}
