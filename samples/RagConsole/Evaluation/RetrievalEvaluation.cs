using Jina.Evaluation.Datasets;
using Jina.Evaluation.Measures;
using RagConsole.Retrieval;

namespace RagConsole.Evaluation;

/// <summary>Measures how well the searches find what was judged relevant.</summary>
internal sealed class RetrievalEvaluation(PassageSearch search)
{
    /// <summary>The measure's depth.</summary>
    public const int Depth = 10;

    /// <summary>A document may have several passages among the best.</summary>
    private const int Passages = 10 * Depth;

    /// <summary>Returns the mean nDCG@10 over the queries; a document ranks by its best passage.</summary>
    public async Task<double> NdcgAsync(IReadOnlyList<BeirQuery> queries, SearchKind kind, CancellationToken cancellationToken)
    {
        var sum = 0.0;
        foreach (var query in queries)
        {
            var hits = await search.FindAsync(query.Text, Passages, kind, cancellationToken);
            sum += Ndcg.At(Depth, hits.Select(hit => RetrievalTask.IdOf(hit.Passage.File)).Distinct(), query.Relevance);
        }

        return sum / queries.Count;
    }
}
