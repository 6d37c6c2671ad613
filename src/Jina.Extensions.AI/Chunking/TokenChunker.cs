using Jina.Extensions.AI.Chunking;

namespace Jina.Extensions.AI;

/// <summary>Splits texts into overlapping chunks that are within a model's token limit.</summary>
/// <remarks>
/// <para>A chunk ends at the best position in its second half: before a Markdown heading, or else at the end of a paragraph, a line,
/// a sentence or a word. If only a word ends there, a sentence that ends in the second quarter is better. The place where an editor
/// wrapped a line is not the end of a line.</para>
/// <para>The overlap starts with a sentence. It starts with a word only if the chunk before ends within a sentence. A chunk that
/// starts with a heading does not overlap the one before. Chunks neither start nor end with white space.</para>
/// <para>Instances are immutable and safe for concurrent use.</para>
/// </remarks>
public sealed class TokenChunker
{
    /// <summary>The default for the most tokens of a chunk: 128. A small chunk has one topic, so searches find it better.</summary>
    public const int DefaultMaxTokens = 128;

    /// <summary>The default for the most tokens of an overlap: 24.</summary>
    public const int DefaultOverlapTokens = 24;

    /// <summary>The smallest limit of a chunk and of a tokenizer: 16 tokens. Fewer are not enough for some single characters.</summary>
    public const int MinimumMaxTokens = 16;

    private readonly T5Tokenizer _tokenizer;
    private readonly int _maxTokens;
    private readonly int _overlapTokens;

    /// <summary>Initializes a chunker for a model.</summary>
    /// <param name="tokenizer">The tokenizer of the model that will embed the chunks.</param>
    /// <param name="maxTokens">
    /// The most tokens of a chunk, the end token included: at least <see cref="MinimumMaxTokens"/>, by default
    /// <see cref="DefaultMaxTokens"/>. The tokenizer's <see cref="T5Tokenizer.MaxTokens"/> applies if it is smaller.
    /// </param>
    /// <param name="overlapTokens">The most tokens that two adjacent chunks share: 0 to a quarter of <paramref name="maxTokens"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tokenizer"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The tokenizer's own limit is below <see cref="MinimumMaxTokens"/>.</exception>
    public TokenChunker(T5Tokenizer tokenizer, int maxTokens = DefaultMaxTokens, int overlapTokens = DefaultOverlapTokens)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, MinimumMaxTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(overlapTokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(overlapTokens, maxTokens / 4);
        if (tokenizer.MaxTokens < MinimumMaxTokens)
        {
            throw new ArgumentException(
                $"The MaxTokens of the tokenizer is {tokenizer.MaxTokens}. Expected at least {MinimumMaxTokens}. Increase it.",
                nameof(tokenizer));
        }

        _tokenizer = tokenizer;
        _maxTokens = Math.Min(maxTokens, tokenizer.MaxTokens);
        _overlapTokens = Math.Min(overlapTokens, _maxTokens / 4);
    }

    /// <summary>Splits a text into chunks.</summary>
    /// <param name="text">The text. A text of white space alone has no chunks.</param>
    /// <returns>The chunks in the order of the text. Together they contain every character that is not white space.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public IReadOnlyList<TextChunk> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        // The last token is the end token, which does not represent a character.
        int[] tokenEnds = [.. _tokenizer.EncodeToTokens(text, out _).SkipLast(1).Select(token => token.Offset.End.Value)];
        var lines = Positions.LineStarts(text);
        var length = text.AsSpan().TrimEnd().Length;
        var chunks = new List<TextChunk>();
        var end = 0;
        for (var start = TextBreaks.SkipSpace(text, 0); start < length;)
        {
            end = FindEnd(text.AsSpan(0, length), tokenEnds, start, end);
            chunks.Add(new TextChunk(start, end, Positions.CountUpTo(lines, start), Positions.CountUpTo(lines, end - 1)));
            start = FindNextStart(text.AsSpan(0, length), tokenEnds, start, end);
        }

        return chunks;
    }

    /// <summary>Returns the end of the chunk at <paramref name="start"/>, which is after the end of the chunk before.</summary>
    private int FindEnd(ReadOnlySpan<char> text, int[] tokenEnds, int start, int before)
    {
        var first = Positions.CountUpTo(tokenEnds, start);
        for (var count = Math.Min(_maxTokens - 1, tokenEnds.Length - first); ;)
        {
            var end = first + count >= tokenEnds.Length
                ? text.Length
                : FindBreak(text, Math.Max(before, EndOf(count / 4)), EndOf(count / 2), EndOf(count));
            end = start + text[start..end].TrimEnd().Length;

            // A part of a text can have a few more tokens by itself than within the text, because a divided word has other pieces.
            var excess = _tokenizer.CountTokens(text[start..end]) - _maxTokens;
            if (excess <= 0 || count <= 1)
            {
                return end;
            }

            count = Math.Max(1, count - excess);
        }

        int EndOf(int count) => count == 0 ? start : tokenEnds[first + count - 1];
    }

    /// <summary>Returns the best position within (half, upTo]. If only a word ends there, a sentence that ends before is better.</summary>
    private static int FindBreak(ReadOnlySpan<char> text, int quarter, int half, int upTo)
    {
        var best = TextBreaks.Best(text, half, upTo);
        if (TextBreaks.At(text, best) >= Break.Sentence)
        {
            return best;
        }

        var before = TextBreaks.Best(text, quarter, half);
        return TextBreaks.At(text, before) >= Break.Sentence ? before : best;
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

        // Only a divided word, or a script without spaces, overlaps by parts of a word.
        var earliest = tokenEnds[shared - 1];
        var overlap = kind == Break.InsideWord
            ? TextBreaks.SkipSpace(text, earliest)
            : TextBreaks.FirstStart(text, earliest, end, Break.Sentence);
        if (overlap == end && kind == Break.Word)
        {
            overlap = TextBreaks.FirstStart(text, earliest, end, Break.Word);
        }

        return overlap > start && overlap < end ? overlap : next;
    }
}
