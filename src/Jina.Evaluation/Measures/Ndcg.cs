namespace Jina.Evaluation.Measures;

/// <summary>Calculates the normalized discounted cumulative gain as trec_eval does, which BEIR and MTEB use through pytrec_eval.</summary>
/// <remarks>
/// DCG@k is the sum of relevance / log2(rank + 1) over the first k documents. It is divided by the DCG@k of the best order.
/// A relevance below 0 adds nothing. A query without relevant documents has the value 0, which counts in a mean.
/// https://github.com/usnistgov/trec_eval/blob/dc0c991c80bae2087de774ed76278e11d9d9f4c6/m_ndcg_cut.c,
/// https://github.com/embeddings-benchmark/mteb/blob/00a1acd263dafd09e03e25f3137851806871ba0d,
/// mteb/evaluation/evaluators/RetrievalEvaluator.py.
/// </remarks>
internal static class Ndcg
{
    /// <summary>Returns nDCG@k of a ranking, from 0 to 1.</summary>
    /// <param name="k">The number of documents that count.</param>
    /// <param name="ranking">The IDs of the documents, best first.</param>
    /// <param name="relevance">The relevance of each judged document.</param>
    public static double At(int k, IEnumerable<string> ranking, IReadOnlyDictionary<string, int> relevance)
    {
        var ideal = Dcg(relevance.Values.OrderDescending().Take(k));
        return ideal == 0 ? 0 : Dcg(ranking.Take(k).Select(document => relevance.GetValueOrDefault(document))) / ideal;
    }

    private static double Dcg(IEnumerable<int> gains) => gains.Index().Sum(gain => Math.Max(0, gain.Item) / Math.Log2(gain.Index + 2));
}
