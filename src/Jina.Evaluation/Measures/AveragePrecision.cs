namespace Jina.Evaluation.Measures;

/// <summary>Average precision as scikit-learn computes it, which MTEB's reranking takes.</summary>
/// <remarks>
/// The precision at each score, weighted by the recall that it adds: documents of one score come together, in no order.
/// https://github.com/embeddings-benchmark/mteb/blob/07392b09af7ec0586a3304d6c51efadb323a720b/mteb/evaluation/evaluators/RerankingEvaluator.py, ap_score.
/// </remarks>
internal static class AveragePrecision
{
    /// <summary>Returns the average precision, from 0 to 1; 0 where nothing is relevant.</summary>
    public static double Of(IEnumerable<(double Score, bool IsRelevant)> documents)
    {
        var (seen, found, sum) = (0, 0, 0.0);
        foreach (var same in documents.GroupBy(document => document.Score).OrderByDescending(group => group.Key))
        {
            seen += same.Count();
            var added = same.Count(document => document.IsRelevant);
            found += added;
            sum += added * ((double)found / seen);
        }

        return found == 0 ? 0 : sum / found;
    }
}
