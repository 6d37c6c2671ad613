namespace RagConsole.Evaluation;

/// <summary>Normalised discounted cumulative gain, as trec_eval and BEIR compute it.</summary>
/// <remarks>DCG@k is the sum of relevance / log2(rank + 1) over the first k documents; it is divided by that of the best possible order. Järvelin and Kekäläinen, TOIS 2002, https://doi.org/10.1145/582415.582418.</remarks>
internal static class Ndcg
{
    /// <summary>Returns nDCG@k of a ranking, from 0 to 1.</summary>
    public static double At(int k, IEnumerable<string> ranking, IReadOnlyDictionary<string, int> relevance)
    {
        var ideal = Dcg(relevance.Values.OrderDescending().Take(k));
        return ideal == 0 ? 0 : Dcg(ranking.Take(k).Select(document => relevance.TryGetValue(document, out var gain) ? gain : 0)) / ideal;
    }

    private static double Dcg(IEnumerable<int> gains) => gains.Index().Sum(gain => gain.Item / Math.Log2(gain.Index + 2));
}
