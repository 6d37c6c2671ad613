using System.Runtime.InteropServices;
using Microsoft.ML.Tokenizers;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>Tokenizes text without special tokens: normalizes it, searches with the library, and merges runs of unknown IDs.</summary>
internal sealed class UnigramTokenizer
{
    // English has about four chars per ID, so one window is nearly always enough.
    private const int CharsPerId = 6;
    private const int WindowGrowth = 4;

    private readonly SentencePieceTokenizer _library;
    private readonly TextNormalizer _normalizer;
    private readonly int[] _pieceLengths;
    private readonly int _unknownId;
    private readonly bool _wordsAreIndependent;

    public UnigramTokenizer(SentencePieceTokenizer library, TextNormalizer normalizer, IReadOnlyList<string> pieces, int unknownId)
    {
        _library = library;
        _normalizer = normalizer;
        _pieceLengths = [.. pieces.Select(piece => piece.Length)];
        _unknownId = unknownId;
        _wordsAreIndependent = !pieces.Any(SpansWords);
    }

    /// <summary>Tokenizes a text: all of it, or at least <paramref name="limit"/> + 1 IDs if it has that many.</summary>
    /// <param name="text">Any UTF-16 text.</param>
    /// <param name="origin">The position of the text in the original text, which ranges refer to.</param>
    /// <param name="limit">The number of IDs that the caller keeps.</param>
    /// <param name="ranges">A list to which one range of the original text per ID is added, or <see langword="null"/>.</param>
    public List<int> Tokenize(ReadOnlySpan<char> text, int origin, int limit, List<TokenRange>? ranges)
    {
        // Pieces do not span words, and scores add up from the left. So the best segmentation of a text that ends before a space
        // is the beginning of the best segmentation of any longer text.
        var window = _wordsAreIndependent ? (int)Math.Min((limit + 1L) * CharsPerId, int.MaxValue) : int.MaxValue;
        var firstRange = ranges?.Count ?? 0;
        while (true)
        {
            var capacity = (int)Math.Min(text.Length + 1L, window + 64L);
            var normalized = new NormalizedText(capacity, withOrigins: ranges is not null);
            try
            {
                _normalizer.Normalize(text, origin, window, ref normalized);
                var ids = Search(normalized.Chars);
                if (ranges is null)
                {
                    MergeUnknown(ids);
                }
                else
                {
                    MergeUnknown(ids, in normalized, ranges);
                }

                if (!normalized.Partial || ids.Count > limit)
                {
                    return ids;
                }
            }
            finally
            {
                normalized.Dispose();
            }

            ranges?.RemoveRange(firstRange, ranges.Count - firstRange);
            window = (int)Math.Min((long)window * WindowGrowth, int.MaxValue);
        }
    }

    private static bool SpansWords(string piece)
    {
        var wordStart = piece.AsSpan().IndexOfAnyExcept(TextNormalizer.Space);
        return wordStart >= 0 && piece.AsSpan(wordStart).Contains(TextNormalizer.Space);
    }

    private List<int> Search(ReadOnlySpan<char> normalized)
    {
        var ids = normalized.IsEmpty
            ? []
            : _library.EncodeToIds(normalized, addBeginningOfSentence: false, addEndOfSentence: false, considerNormalization: false);
        return ids as List<int> ?? [.. ids];
    }

    private void MergeUnknown(List<int> ids)
    {
        var span = CollectionsMarshal.AsSpan(ids);
        var kept = span.IndexOf(_unknownId);
        if (kept < 0)
        {
            return;
        }

        for (var i = kept++ + 1; i < span.Length; i++)
        {
            if (span[i] != _unknownId || span[kept - 1] != _unknownId)
            {
                span[kept++] = span[i];
            }
        }

        CollectionsMarshal.SetCount(ids, kept);
    }

    private void MergeUnknown(List<int> ids, in NormalizedText normalized, List<TokenRange> ranges)
    {
        var kept = 0;
        var position = 0;
        for (var i = 0; i < ids.Count; i++)
        {
            var id = ids[i];
            var start = normalized.OriginOf(position);
            var unknown = id == _unknownId;
            position += unknown ? UnknownLength(normalized.Chars[position]) : _pieceLengths[id];
            var end = normalized.OriginOf(position);
            var endsInside = normalized.OriginOf(position - 1) == end;
            if (unknown && kept > 0 && ids[kept - 1] == _unknownId)
            {
                ranges[^1] = ranges[^1] with { End = end, EndsInside = endsInside };
            }
            else
            {
                ids[kept++] = id;
                ranges.Add(new TokenRange(start, end, endsInside));
            }
        }

        CollectionsMarshal.SetCount(ids, kept);
    }

    // The search returns one unknown ID for each code point outside the vocabulary.
    private static int UnknownLength(char first) => char.IsHighSurrogate(first) ? 2 : 1;
}
