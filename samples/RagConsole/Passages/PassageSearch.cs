using System.Linq.Expressions;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.VectorData;

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
internal sealed record Hit(Passage Passage, double Score)
{
    /// <summary>Gets the lines of the file around the passage, if they were requested and could be read.</summary>
    public PassageContext? Context { get; init; }
}

/// <summary>Finds the passages for a question.</summary>
internal sealed class PassageSearch(PassageStore store)
{
    /// <summary>Passages are merged until this many were found per result, which is usually enough to fill all results.</summary>
    private const int CandidatesPerResult = 4;

    /// <summary>A document can change between the search and the read of its record. It seldom changes again.</summary>
    private const int Attempts = 3;

    /// <summary>Returns the best passages for one or more wordings of a question, best first.</summary>
    /// <param name="wordings">The texts to search for.</param>
    /// <param name="top">The maximum number of passages.</param>
    /// <param name="kind">The ranking.</param>
    /// <param name="scope">The part of the database to search.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <remarks>
    /// Adjacent passages of a document are one result. The best passages of the last wording and of the others alternate, because only
    /// one of the wordings may be right.
    /// </remarks>
    public Task<IReadOnlyList<Hit>> FindAsync(
        IReadOnlyList<string> wordings, int top, SearchKind kind, PassageScope scope, CancellationToken cancellationToken) =>
        FindAsync(wordings, top, kind, scope, fusion: null, cancellationToken);

    /// <summary>Returns the same for another fusion of a hybrid search than that of the store.</summary>
    public async Task<IReadOnlyList<Hit>> FindAsync(
        IReadOnlyList<string> wordings,
        int top,
        SearchKind kind,
        PassageScope scope,
        HybridFusion? fusion,
        CancellationToken cancellationToken)
    {
        var count = (int)Math.Min(int.MaxValue, (long)top * CandidatesPerResult);
        var files = scope.Path is null ? [] : scope.Filter(await store.ListFilesAsync(root: null, cancellationToken));
        var filter = scope.CreateFilter(files);
        var rankings = new List<List<Hit>>();
        foreach (var wording in wordings)
        {
            rankings.Add(await RankStoredAsync(wording, count, kind, fusion, filter, cancellationToken));
        }

        var alternating = Enumerable.Reverse(rankings)
            .SelectMany(ranking => ranking.Index())
            .OrderBy(ranked => ranked.Index)
            .Select(ranked => ranked.Item)
            .DistinctBy(hit => hit.Passage.Key);
        return AdjacentPassages.Merge(alternating, top);
    }

    /// <summary>Ranks the passages of the stored versions of documents, while another process may be changing documents.</summary>
    private async Task<List<Hit>> RankStoredAsync(
        string question,
        int count,
        SearchKind kind,
        HybridFusion? fusion,
        Expression<Func<Passage, bool>>? filter,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var hits = await RankAsync(question, count, kind, fusion, filter, cancellationToken);
            var files = await store.Files
                .GetAsync(hits.Select(hit => hit.Passage.Source).Distinct(), cancellationToken: cancellationToken)
                .ToDictionaryAsync(file => file.Source, cancellationToken: cancellationToken);
            var stored = hits.Where(hit => files.GetValueOrDefault(hit.Passage.Source)?.Contains(hit.Passage) == true).ToList();
            if (stored.Count == hits.Count || attempt == Attempts)
            {
                return stored;
            }
        }
    }

    private async Task<List<Hit>> RankAsync(
        string question,
        int count,
        SearchKind kind,
        HybridFusion? fusion,
        Expression<Func<Passage, bool>>? filter,
        CancellationToken cancellationToken)
    {
        var keywords = Keywords.FromQuestion(question);
        var vectorOptions = new VectorSearchOptions<Passage> { Filter = filter };
        var keywordOptions = new SqliteHybridSearchOptions<Passage> { Filter = filter, HybridFusion = fusion };
        var results = kind switch
        {
            SearchKind.Vector => store.Passages.SearchAsync(question, count, vectorOptions, cancellationToken),
            SearchKind.Keyword => store.Passages.KeywordSearchAsync(keywords, count, keywordOptions, cancellationToken),
            _ => store.Passages.HybridSearchAsync(question, keywords, count, keywordOptions, cancellationToken),
        };
        return await results.Select(result => new Hit(result.Record, result.Score!.Value)).ToListAsync(cancellationToken);
    }
}
