namespace Jina.Evaluation.Measures;

/// <summary>Calculates the reciprocal rank of the first relevant document, as BEIR and MTEB do.</summary>
/// <remarks>
/// https://github.com/embeddings-benchmark/mteb/blob/01c63e0d467898e265d3325f39595099d2fe92cf/mteb/evaluation/evaluators/utils.py,
/// mrr.
/// </remarks>
internal static class ReciprocalRank
{
    /// <summary>Returns 1 over the rank of the first relevant document among the first k, or 0 if none of them is relevant.</summary>
    public static double At(int k, IEnumerable<string> ranking, IReadOnlyDictionary<string, int> relevance) =>
        At(k, ranking.Select(document => relevance.GetValueOrDefault(document) > 0));

    /// <summary>Returns the same for documents of which only the relevance is known, best first.</summary>
    public static double At(int k, IEnumerable<bool> ranking)
    {
        foreach (var (index, isRelevant) in ranking.Take(k).Index())
        {
            if (isRelevant)
            {
                return 1.0 / (index + 1);
            }
        }

        return 0;
    }
}
