namespace Jina.Extensions.AI.Models;

/// <summary>Counts the insertions, deletions and replacements that turn one name into another, ignoring case.</summary>
internal static class EditDistance
{
    /// <summary>Returns the candidate with the fewest edits, or <see langword="null"/> if more than a third of it is different.</summary>
    /// <remarks>Of the words that are not typing errors, nearly all need more edits.</remarks>
    public static string? FindSimilar(string written, IEnumerable<string> candidates)
    {
        // Longer names cannot be similar, and the comparison takes time in proportion to their length.
        var nearest = candidates
            .Where(candidate => Math.Abs(candidate.Length - written.Length) <= candidate.Length / 3)
            .MinBy(candidate => Between(written, candidate));
        return nearest is not null && Between(written, nearest) <= nearest.Length / 3 ? nearest : null;
    }

    public static int Between(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]);
                var replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
