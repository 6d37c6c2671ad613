using System.Runtime.InteropServices;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>The ids of a text without its end token, and where asked for, the ranges of the original they stand for.</summary>
internal readonly record struct TokenSequence(List<int> Ids, List<Range>? Ranges, bool Truncated)
{
    /// <summary>Appends the end token, which stands for nothing at a position of the original.</summary>
    public void End(int endId, int position)
    {
        Ids.Add(endId);
        Ranges?.Add(position..position);
    }

    /// <summary>Cuts the sequence to a number of ids and tells whether that took any away.</summary>
    public static TokenSequence Cut(List<int> ids, List<Range>? ranges, int limit)
    {
        var truncated = ids.Count > limit;
        if (truncated)
        {
            CollectionsMarshal.SetCount(ids, limit);
            ranges?.RemoveRange(limit, ranges.Count - limit);
        }

        return new TokenSequence(ids, ranges, truncated);
    }
}
