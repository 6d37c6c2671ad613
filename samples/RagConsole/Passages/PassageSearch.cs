using System.Text.RegularExpressions;

namespace RagConsole.Passages;

/// <summary>Specifies how passages are ranked.</summary>
internal enum SearchKind
{
    /// <summary>By the cosine similarity of the vectors.</summary>
    Vector,

    /// <summary>By the words that the passage shares with the question (BM25).</summary>
    Keyword,

    /// <summary>By both rankings, merged.</summary>
    Hybrid,
}

/// <summary>Represents a passage and its score. The meaning of the score depends on the kind of search.</summary>
internal sealed record Hit(Passage Passage, double Score);

/// <summary>Finds the passages for a question.</summary>
internal sealed partial class PassageSearch(PassageStore store)
{
    private const int MaxWords = 512;

    /// <summary>Passages are merged until this many were found per result, which is usually enough to fill all results.</summary>
    private const int CandidatesPerResult = 4;

    /// <summary>Returns the best passages for one or more wordings of a question, best first.</summary>
    /// <remarks>
    /// Adjacent passages of a document are one result. The best passages of the last wording and of the others alternate, because only
    /// one of the wordings may be right.
    /// </remarks>
    public async Task<IReadOnlyList<Hit>> FindAsync(
        IReadOnlyList<string> wordings, int top, SearchKind kind, CancellationToken cancellationToken)
    {
        var rankings = new List<List<Hit>>();
        foreach (var wording in wordings)
        {
            rankings.Add(await RankAsync(wording, (int)Math.Min(int.MaxValue, (long)top * CandidatesPerResult), kind, cancellationToken));
        }

        var alternating = Enumerable.Reverse(rankings)
            .SelectMany(ranking => ranking.Index())
            .OrderBy(ranked => ranked.Index)
            .Select(ranked => ranked.Item)
            .DistinctBy(hit => hit.Passage.Key);
        return AdjacentPassages.Merge(alternating, top);
    }

    private async Task<List<Hit>> RankAsync(string question, int count, SearchKind kind, CancellationToken cancellationToken)
    {
        var results = kind switch
        {
            SearchKind.Vector => store.Passages.SearchAsync(question, count, cancellationToken: cancellationToken),
            SearchKind.Keyword => store.Passages.KeywordSearchAsync(GetWords(question), count, cancellationToken: cancellationToken),
            _ => store.Passages.HybridSearchAsync(question, GetWords(question), count, cancellationToken: cancellationToken),
        };
        return await results.Select(result => new Hit(result.Record, result.Score!.Value)).ToListAsync(cancellationToken);
    }

    /// <summary>Returns the different words of a question, as many as the store accepts.</summary>
    private static List<string> GetWords(string question) =>
        [.. Word().Matches(question).Select(match => match.Value).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxWords)];

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
