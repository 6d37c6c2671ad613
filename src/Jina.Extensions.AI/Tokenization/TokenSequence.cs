using System.Runtime.InteropServices;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>Represents the token IDs of a text and, on request, the ranges of the original text that they represent.</summary>
internal readonly record struct TokenSequence(List<int> Ids, List<TokenRange>? Ranges, bool Truncated)
{
    /// <summary>Creates a sequence of at most <paramref name="limit"/> IDs.</summary>
    public static TokenSequence Truncate(List<int> ids, List<TokenRange>? ranges, int limit)
    {
        var truncated = ids.Count > limit;
        if (truncated)
        {
            CollectionsMarshal.SetCount(ids, limit);
            ranges?.RemoveRange(limit, ranges.Count - limit);
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

/// <summary>Represents the chars of the original text that a token represents.</summary>
/// <param name="Start">The index of the first char.</param>
/// <param name="End">The index after the last whole character.</param>
/// <param name="EndsInside">
/// Whether the token also includes a part of the character at <paramref name="End"/>, whose rest belongs to the next token. For
/// example, "…" becomes three full stops, which can be in different tokens.
/// </param>
internal readonly record struct TokenRange(int Start, int End, bool EndsInside);
