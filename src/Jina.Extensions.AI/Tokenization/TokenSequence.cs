using System.Runtime.InteropServices;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>Represents the token IDs of a text and, on request, the ranges of the original text that they represent.</summary>
internal readonly record struct TokenSequence(List<int> Ids, List<TokenRange>? Ranges, bool Truncated)
{
    /// <summary>The capacity, relative to the limit, above which a truncated list is copied. The list may wait for a long time.</summary>
    private const int MaxSlack = 4;

    /// <summary>Creates a sequence of at most <paramref name="limit"/> IDs.</summary>
    public static TokenSequence Truncate(TokenOutput output, int limit)
    {
        var (ids, ranges) = (output.Ids ?? [], output.Ranges);
        var truncated = ids.Count > limit;
        if (truncated)
        {
            CollectionsMarshal.SetCount(ids, limit);
            ranges?.RemoveRange(limit, ranges.Count - limit);
            if (ids.Capacity / MaxSlack > limit)
            {
                ids.Capacity = limit + 1;
            }
        }

        return new TokenSequence(ids, ranges, truncated);
    }

    /// <summary>Adds the end token. Its range is empty: after the last token, or at the end of a text that was not truncated.</summary>
    public void End(int endId, int textLength)
    {
        var position = !Truncated ? textLength : Ranges is [.., var last] ? last.End : 0;
        Ids.Add(endId);
        Ranges?.Add(new TokenRange(position, position, EndsInside: false));
    }

    /// <summary>
    /// Gets the end of the last token that ends between two characters of the original text. The text before it has exactly the
    /// tokens up to that one. If a text ends elsewhere, its last word may be divided differently into more tokens.
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
}

/// <summary>Collects or counts the IDs of a text.</summary>
/// <param name="keepIds">Whether the IDs are kept. If not, they are only counted.</param>
/// <param name="keepRanges">Whether the ranges of the original text are kept, too.</param>
internal struct TokenOutput(bool keepIds, bool keepRanges)
{
    /// <summary>Gets the IDs, or <see langword="null"/> before the first one.</summary>
    public List<int>? Ids { get; private set; }

    /// <summary>Gets the range of each ID, or <see langword="null"/>.</summary>
    public List<TokenRange>? Ranges { get; } = keepRanges ? [] : null;

    /// <summary>Gets the number of IDs.</summary>
    public int Count { get; private set; }

    /// <summary>Adds IDs. The first list becomes the result.</summary>
    public void Add(List<int> ids)
    {
        Count += ids.Count;
        if (!keepIds)
        {
            return;
        }

        if (Ids is null)
        {
            Ids = ids;
        }
        else
        {
            Ids.AddRange(ids);
        }
    }

    /// <summary>Adds the ID of a special token.</summary>
    public void Add(int id, TokenRange range)
    {
        Count++;
        Ranges?.Add(range);
        if (keepIds)
        {
            (Ids ??= []).Add(id);
        }
    }
}

/// <summary>Represents the chars of the original text that a token represents.</summary>
/// <param name="Start">The index of the first char.</param>
/// <param name="End">The index after the last whole character.</param>
/// <param name="EndsInside">
/// Whether the token also includes a part of the character at <paramref name="End"/>, whose rest belongs to the next token. For
/// example, "…" becomes three full stops, which can be in different tokens.
/// </param>
internal readonly record struct TokenRange(int Start, int End, bool EndsInside);
