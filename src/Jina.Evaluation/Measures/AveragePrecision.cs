namespace Jina.Evaluation.Measures;

/// <summary>Calculates average precision as in scikit-learn, which MTEB uses for reranking.</summary>
/// <remarks>
/// It is the precision at each score, weighted by the recall that the score adds. Documents with equal scores are not ordered.
/// https://github.com/embeddings-benchmark/mteb/blob/07392b09af7ec0586a3304d6c51efadb323a720b,
/// mteb/evaluation/evaluators/RerankingEvaluator.py,
/// ap_score.
/// </remarks>
internal static class AveragePrecision
{
    /// <summary>Returns the average precision from 0 to 1, or 0 if no document is relevant.</summary>
    public static double Calculate(IEnumerable<(double Score, bool IsRelevant)> documents)
    {
        var (seen, found, sum) = (0, 0, 0.0);
        foreach (var equal in documents.GroupBy(document => document.Score).OrderByDescending(group => group.Key))
        {
            seen += equal.Count();
            var added = equal.Count(document => document.IsRelevant);
            found += added;
            sum += added * ((double)found / seen);
        }

        return found == 0 ? 0 : sum / found;
    }
}
