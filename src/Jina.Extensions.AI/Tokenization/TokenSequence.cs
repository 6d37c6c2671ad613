using System.Runtime.InteropServices;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>The ids of a text without its end token, and where asked for, the ranges of the original they stand for.</summary>
internal readonly record struct TokenSequence(List<int> Ids, List<TokenRange>? Ranges, bool Truncated)
{
    /// <summary>Appends the end token, which stands for nothing after the last token, or at the end of a whole text.</summary>
    public void End(int endId, int textLength)
    {
        var position = !Truncated ? textLength : Ranges is [.., var last] ? last.End : 0;
        Ids.Add(endId);
        Ranges?.Add(new TokenRange(position, position, EndsInside: false));
    }

    /// <summary>
    /// Gets where the last token ends that ends between two characters of the original. The text up to there has just
    /// the tokens up to that one; a text that ends elsewhere may have more, as its last word may fall apart differently.
    /// </summary>
    public int LastBoundary()
    {
        for (var i = Ranges!.Count - 1; i >= 0; i--)
        {
            if (!Ranges[i].EndsInside)
            {
                return Ranges[i].End;
            }
        }

        return 0;
    }

    /// <summary>Cuts the sequence to a number of ids and tells whether that took any away.</summary>
    public static TokenSequence Cut(List<int> ids, List<TokenRange>? ranges, int limit)
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
