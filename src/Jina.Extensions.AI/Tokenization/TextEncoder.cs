namespace Jina.Extensions.AI.Tokenization;

/// <summary>Turns a text into ids: special tokens by name, each stretch of text between them on its own.</summary>
internal sealed class TextEncoder(UnigramEncoder unigram, SpecialTokens? specials)
{
    /// <summary>Encodes a text into at most <paramref name="limit"/> ids, the end token not among them.</summary>
    public TokenSequence Encode(ReadOnlySpan<char> text, int limit, bool withRanges)
    {
        List<int>? ids = null;
        List<TokenRange>? ranges = withRanges ? [] : null;
        var position = 0;
        while (position < text.Length && (ids?.Count ?? 0) <= limit)
        {
            var (start, length, id) = FindSpecial(text, position);
            if (start > position)
            {
                var stretch = unigram.Encode(text[position..start], position, limit - (ids?.Count ?? 0), ranges);
                ids = Append(ids, stretch);
            }

            if (length > 0)
            {
                (ids ??= []).Add(id);
                ranges?.Add(new TokenRange(start, start + length, EndsInside: false));
            }

            position = start + length;
        }

        return TokenSequence.Cut(ids ?? [], ranges, limit);
    }

    private (int Start, int Length, int Id) FindSpecial(ReadOnlySpan<char> text, int from)
    {
        if (specials is not null && specials.TryFind(text, from, out var start, out var length, out var id))
        {
            return (start, length, id);
        }

        return (text.Length, 0, 0);
    }

    private static List<int> Append(List<int>? ids, List<int> more)
    {
        if (ids is null)
        {
            return more;
        }

        ids.AddRange(more);
        return ids;
    }
}
