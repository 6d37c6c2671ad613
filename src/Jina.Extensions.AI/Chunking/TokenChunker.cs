using Jina.Extensions.AI.Chunking;

namespace Jina.Extensions.AI;

/// <summary>Cuts texts into chunks that a model reads whole, each overlapping the one before.</summary>
/// <remarks>
/// <para>A chunk ends at the best place in its second half: before a Markdown heading, else at the end of a paragraph, a
/// line, a sentence or a word. The overlap starts with a sentence or else with a word; before a heading there is none.
/// White space at the ends belongs to no chunk.</para>
/// <para>Instances are immutable and safe for concurrent use.</para>
/// </remarks>
public sealed class TokenChunker
{
    /// <summary>The most tokens of a chunk unless said otherwise: 128. The vector of a small chunk is about one thing, so it is found better.</summary>
    public const int DefaultMaxTokens = 128;

    /// <summary>The most tokens that two neighbours share unless said otherwise: 24.</summary>
    public const int DefaultOverlapTokens = 24;

    /// <summary>The least that may be asked for, and that a model must read: 16 tokens. Less has no room for some single characters.</summary>
    public const int LeastMaxTokens = 16;

    private readonly T5Tokenizer _tokenizer;
    private readonly int _maxTokens;
    private readonly int _overlapTokens;

    /// <summary>Makes a chunker for a model.</summary>
    /// <param name="tokenizer">The tokenizer of the model that will embed the chunks.</param>
    /// <param name="maxTokens">
    /// The most tokens of a chunk, the end token included: at least <see cref="LeastMaxTokens"/>, by default
    /// <see cref="DefaultMaxTokens"/>. More than the tokenizer's <see cref="T5Tokenizer.MaxTokens"/> means that many.
    /// </param>
    /// <param name="overlapTokens">The most tokens that two neighbours share: 0 to a quarter of <paramref name="maxTokens"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tokenizer"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The tokenizer's own limit is below <see cref="LeastMaxTokens"/>.</exception>
    public TokenChunker(T5Tokenizer tokenizer, int maxTokens = DefaultMaxTokens, int overlapTokens = DefaultOverlapTokens)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, LeastMaxTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(overlapTokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(overlapTokens, maxTokens / 4);
        if (tokenizer.MaxTokens < LeastMaxTokens)
        {
            throw new ArgumentException(
                $"The tokenizer keeps {tokenizer.MaxTokens} tokens of a text; a chunk needs room for at least {LeastMaxTokens}. Raise its MaxTokens.",
                nameof(tokenizer));
        }

        _tokenizer = tokenizer;
        _maxTokens = Math.Min(maxTokens, tokenizer.MaxTokens);
        _overlapTokens = Math.Min(overlapTokens, _maxTokens / 4);
    }

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text; one without other characters than white space gives no chunk.</param>
    /// <returns>The chunks in the text's order. Together they hold every character that is not white space.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
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
