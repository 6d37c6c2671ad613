using System.Runtime.InteropServices;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>Tokenizes text without special tokens: normalizes it, searches for pieces, and merges runs of unknown IDs.</summary>
internal sealed class UnigramTokenizer
{
    // English has about four chars per ID, so one search is nearly always enough.
    private const int CharsPerId = 6;
    private const int Growth = 4;

    /// <summary>
    /// The chars after which a part of a long text ends before the next word. A search takes 12 bytes per char, and its result
    /// is that of the whole text. The rounding errors of SentencePiece grow with the text, so of two divisions with nearly the same
    /// score it may choose the other one in later parts.
    /// </summary>
    private const int MaxPartChars = 65_536;

    /// <summary>The chars after which a part ends within a word. Real words are far shorter. IDs may differ around that place.</summary>
    private const int MaxWordChars = 2 * MaxPartChars;

    private readonly UnigramSearch _search;
    private readonly TextNormalizer _normalizer;
    private readonly int[] _pieceLengths;
    private readonly int _unknownId;
    private readonly bool _wordsAreIndependent;

    public UnigramTokenizer(UnigramSearch search, TextNormalizer normalizer, IReadOnlyList<string> pieces, int unknownId)
    {
        _search = search;
        _normalizer = normalizer;
        _pieceLengths = [.. pieces.Select(piece => piece.Length)];
        _unknownId = unknownId;
        _wordsAreIndependent = !pieces.Any(SpansWords);
    }

    /// <summary>Tokenizes a text: all of it, or at least <paramref name="limit"/> + 1 IDs if it has that many.</summary>
    /// <param name="text">Any UTF-16 text.</param>
    /// <param name="origin">The position of the text in the original text, which ranges refer to.</param>
    /// <param name="limit">The number of IDs that the caller keeps.</param>
    /// <param name="output">The object that receives the IDs.</param>
    public void Tokenize(ReadOnlySpan<char> text, int origin, int limit, ref TokenOutput output)
    {
        // Pieces do not span words, and scores add up from the left. So the best segmentation of a text that ends before a space
        // is the beginning of the best segmentation of any longer text.
        var words = _wordsAreIndependent ? (int)Math.Min((limit + 1L) * CharsPerId, MaxPartChars) : MaxWordChars;
        var position = _normalizer.Begin(text);
        var normalized = new NormalizedText((int)Math.Min(text.Length + 1L, words + 64L), output.Ranges is not null);
        var count = 0;
        var afterUnknown = false;
        try
        {
            while (position.Index < text.Length && count <= limit)
            {
                var start = position;
                _normalizer.Normalize(text, ref position, origin, words, MaxWordChars, ref normalized);
                var part = _search.Search(normalized.Chars);
                if (position.Index < text.Length && words < MaxPartChars && CountMerged(part, afterUnknown) <= limit - count)
                {
                    // The IDs are not enough. A longer search from the same place has the rounding errors of SentencePiece.
                    (position, words) = (start, Math.Min(words * Growth, MaxPartChars));
                }
                else
                {
                    count += Add(part, in normalized, ref afterUnknown, ref output);
                }

                normalized.Clear();
            }
        }
        finally
        {
            normalized.Dispose();
        }
    }

    private static bool SpansWords(string piece)
    {
        var wordStart = piece.AsSpan().IndexOfAnyExcept(TextNormalizer.Space);
        return wordStart >= 0 && piece.AsSpan(wordStart).Contains(TextNormalizer.Space);
    }

    private int CountMerged(List<int> ids, bool afterUnknown)
    {
        var count = 0;
        foreach (var id in ids)
        {
            count += id == _unknownId && afterUnknown ? 0 : 1;
            afterUnknown = id == _unknownId;
        }

        return count;
    }

    /// <summary>Merges runs of unknown IDs, also with the part before, and adds the result. Returns the number of added IDs.</summary>
    private int Add(List<int> ids, in NormalizedText normalized, ref bool afterUnknown, ref TokenOutput output)
    {
        var span = CollectionsMarshal.AsSpan(ids);
        if (output.Ranges is null && !span.Contains(_unknownId))
        {
            afterUnknown &= span.IsEmpty;
            output.Add(ids);
            return ids.Count;
        }

        var kept = 0;
        var position = 0;
        foreach (var id in span)
        {
            var unknown = id == _unknownId;
            var merged = unknown && afterUnknown;
            if (output.Ranges is { } ranges)
            {
                AddRange(ranges, id, in normalized, ref position, merged);
            }

            if (!merged)
            {
                span[kept++] = id;
            }

            afterUnknown = unknown;
        }

        CollectionsMarshal.SetCount(ids, kept);
        output.Add(ids);
        return kept;
    }

    private void AddRange(List<TokenRange> ranges, int id, in NormalizedText normalized, ref int position, bool merged)
    {
        var start = normalized.OriginOf(position);
        position += id == _unknownId ? UnknownLength(normalized.Chars[position]) : _pieceLengths[id];
        var end = normalized.OriginOf(position);
        var endsInside = normalized.OriginOf(position - 1) == end;
        if (merged)
        {
            ranges[^1] = ranges[^1] with { End = end, EndsInside = endsInside };
        }
        else
        {
            ranges.Add(new TokenRange(start, end, endsInside));
        }
    }

    // The search returns one unknown ID for each code point outside the vocabulary.
    private static int UnknownLength(char first) => char.IsHighSurrogate(first) ? 2 : 1;
}
