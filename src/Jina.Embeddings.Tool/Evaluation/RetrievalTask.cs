using Jina.Evaluation.Datasets;
using Jina.Evaluation.Measures;

namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Retrieval: measures whether the documents nearest to a query are those that people judged relevant.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="MtebName">The name in MTEB.</param>
/// <param name="Folders">The usual names of the data's folder.</param>
/// <param name="Queries">The number of queries in MTEB.</param>
/// <param name="Documents">The number of documents in MTEB.</param>
internal sealed record RetrievalTask(string Name, string MtebName, IReadOnlyList<string> Folders, int Queries, int Documents)
    : EvalTask(Name, MtebName, Folders)
{
    private const int Depth = 10;
    private const int Deep = 100;

    /// <summary>The number of documents that are compared with all queries at once. They fit in a processor's cache.</summary>
    private const int BlockSize = 512;

    private static readonly string[] Files = ["corpus.jsonl", "queries.jsonl"];

    /// <summary>
    /// Gets whether a document with the query's ID is skipped, because it is the query itself, as in MTEB's QuoraRetrieval.
    /// </summary>
    public bool IgnoresIdenticalIds { get; init; }

    /// <summary>Gets how the sentences of a document are embedded, or null if the whole document is.</summary>
    public ChunkKind? Chunks { get; init; }

    public override IReadOnlyList<DataLayout> Layouts { get; } =
        [new DataLayout([.. Files, "qrels/test.tsv"]), new DataLayout([.. Files.Select(file => $"{file}.gz"), "qrels/test.tsv"])];

    public override async Task<EvalScores> RunAsync(DataFolder data, EvalModel model, CancellationToken cancellationToken)
    {
        var task = BeirFolder.Open(data.Path);
        if (task.Queries.Count == 0)
        {
            throw new CommandException($"{data.Path}: No query in queries.jsonl has a judgment in qrels/test.tsv; expected at least one.");
        }

        var queries = await model.EmbedDistinctAsync(task.Queries.Select(query => query.Text), cancellationToken);
        var search = new ExactSearch([.. task.Queries.Select(query => (query.Id, queries[query.Text]))], Deep, IgnoresIdenticalIds);
        if (Chunks is { } kind)
        {
            var (count, chunks) = await ChunkedCorpus.SearchAsync(task, model, kind, search, cancellationToken);
            return Scores(task.Queries, search, count, ("chunk_count", chunks)) with
            {
                Chunks = kind,
                Caveat = $"{Name} ranks documents by their best sentence here: do not compare with published scores.",
            };
        }

        using var vectors = await CorpusVectors.EmbedAsync(Name, task, model, queries.Values.First().Length, cancellationToken);
        vectors.Rewind();
        var documents = 0;
        foreach (var ids in task.Documents().Select(document => document.Id).Chunk(BlockSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            search.Add(ids, vectors.Read(ids.Length));
            documents += ids.Length;
        }

        return Scores(task.Queries, search, documents);
    }

    private EvalScores Scores(
        IReadOnlyList<BeirQuery> queries, ExactSearch search, int documents, params ReadOnlySpan<(string Name, int Value)> more)
    {
        (IReadOnlyList<string> Ranking, BeirQuery Query)[] found = [.. queries.Select((query, index) => (search.Ranking(index), query))];
        return new EvalScores(
            this,
            [
                ("ndcg_at_10", found.Average(result => Ndcg.At(Depth, result.Ranking, result.Query.Relevance))),
                ("recall_at_10", found.Average(result => Recall.At(Depth, result.Ranking, result.Query.Relevance))),
                ("recall_at_100", found.Average(result => Recall.At(Deep, result.Ranking, result.Query.Relevance))),
                ("mrr_at_10", found.Average(result => ReciprocalRank.At(Depth, result.Ranking, result.Query.Relevance))),
            ],
            [("queries", queries.Count), ("documents", documents), .. more])
        {
            Caveat = EvalScores.CompareCounts(Name, ("queries", queries.Count, Queries), ("documents", documents, Documents)),
        };
    }
}
