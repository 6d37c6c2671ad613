namespace RagConsole.Passages;

/// <summary>Merges adjacent passages, so that one section does not take the places of other documents.</summary>
internal static class AdjacentPassages
{
    /// <summary>Three passages are about 400 tokens. More of one section would hide what matched.</summary>
    private const int MaxMerged = 3;

    /// <summary>Fewer characters can be equal by chance.</summary>
    private const int MinOverlap = 8;

    /// <summary>An overlap of 30 tokens has fewer characters.</summary>
    private const int MaxOverlap = 1000;

    /// <summary>Returns the best hits, best first. A merged hit has the rank and the score of its best passage.</summary>
    /// <param name="hits">The hits, best first.</param>
    /// <param name="top">The maximum number of hits to return.</param>
    public static IReadOnlyList<Hit> Merge(IEnumerable<Hit> hits, int top)
    {
        var groups = new List<List<Hit>>();
        foreach (var hit in hits)
        {
            if (groups.Find(group => group.Exists(other => AreAdjacent(other.Passage, hit.Passage))) is { } adjacent)
            {
                if (adjacent.Count < MaxMerged)
                {
                    adjacent.Add(hit);
                }
            }
            else if (groups.Count < top)
            {
                groups.Add([hit]);
            }
        }

        return [.. groups.Select(group => new Hit(Join([.. group.Select(hit => hit.Passage)]), group[0].Score))];
    }

    private static bool AreAdjacent(Passage one, Passage other) =>
        one.Source == other.Source && Math.Abs(one.Number - other.Number) == 1;

    private static Passage Join(IEnumerable<Passage> passages) => passages.OrderBy(passage => passage.Number).Aggregate(Join);

    private static Passage Join(Passage first, Passage next) => new()
    {
        Key = first.Key,
        Source = first.Source,
        Root = first.Root,
        File = first.File,
        Title = first.Title,
        StartLine = Math.Min(first.StartLine, next.StartLine),
        EndLine = Math.Max(first.EndLine, next.EndLine),
        Unit = first.Unit,
        Text = Append(first.Text, next.Text, canOverlap: next.StartLine <= first.EndLine),
    };

    /// <summary>Appends the text of the next passage without the sentences and the headings that it repeats.</summary>
    private static string Append(string text, string next, bool canOverlap)
    {
        var firstLine = next.IndexOf('\n', StringComparison.Ordinal) + 1;
        foreach (var start in canOverlap ? new[] { firstLine, 0 } : [])
        {
            if (FindOverlap(text, next.AsSpan(start)) is > 0 and var overlap)
            {
                return text + next[(start + overlap)..];
            }
        }

        return text.AsSpan().StartsWith(next.AsSpan(0, firstLine), StringComparison.Ordinal)
            ? $"{text}\n{next[firstLine..]}"
            : $"{text}\n{next}";
    }

    private static int FindOverlap(ReadOnlySpan<char> text, ReadOnlySpan<char> next)
    {
        var length = Math.Min(MaxOverlap, Math.Min(text.Length, next.Length));
        while (length >= MinOverlap && !text.EndsWith(next[..length], StringComparison.Ordinal))
        {
            length--;
        }

        return length >= MinOverlap ? length : 0;
    }
}
