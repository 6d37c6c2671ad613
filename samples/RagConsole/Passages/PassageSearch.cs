using Jina.VectorData.Sqlite;

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
internal sealed class PassageSearch(PassageStore store)
{
    /// <summary>Passages are merged until this many were found per result, which is usually enough to fill all results.</summary>
    private const int CandidatesPerResult = 4;

    /// <summary>Returns the best passages for one or more wordings of a question, best first.</summary>
    /// <remarks>
    /// Adjacent passages of a document are one result. The best passages of the last wording and of the others alternate, because only
    /// one of the wordings may be right.
    /// </remarks>
    public Task<IReadOnlyList<Hit>> FindAsync(
        IReadOnlyList<string> wordings, int top, SearchKind kind, CancellationToken cancellationToken) =>
        FindAsync(wordings, top, kind, fusion: null, cancellationToken);

    /// <summary>Returns the same for another fusion of a hybrid search than that of the store.</summary>
    public async Task<IReadOnlyList<Hit>> FindAsync(
        IReadOnlyList<string> wordings, int top, SearchKind kind, HybridFusion? fusion, CancellationToken cancellationToken)
    {
        var count = (int)Math.Min(int.MaxValue, (long)top * CandidatesPerResult);
        var rankings = new List<List<Hit>>();
        foreach (var wording in wordings)
        {
            rankings.Add(await RankAsync(wording, count, kind, fusion, cancellationToken));
        }

        var alternating = Enumerable.Reverse(rankings)
            .SelectMany(ranking => ranking.Index())
            .OrderBy(ranked => ranked.Index)
            .Select(ranked => ranked.Item)
            .DistinctBy(hit => hit.Passage.Key);
        return AdjacentPassages.Merge(alternating, top);
    }

    private async Task<List<Hit>> RankAsync(
        string question, int count, SearchKind kind, HybridFusion? fusion, CancellationToken cancellationToken)
    {
        var keywords = Keywords.FromQuestion(question);
        var results = kind switch
        {
            SearchKind.Vector => store.Passages.SearchAsync(question, count, cancellationToken: cancellationToken),
            SearchKind.Keyword => store.Passages.KeywordSearchAsync(keywords, count, cancellationToken: cancellationToken),
            _ => store.Passages.HybridSearchAsync(
                question, keywords, count, new SqliteHybridSearchOptions<Passage> { HybridFusion = fusion }, cancellationToken),
        };
        return await results.Select(result => new Hit(result.Record, result.Score!.Value)).ToListAsync(cancellationToken);
    }
}
