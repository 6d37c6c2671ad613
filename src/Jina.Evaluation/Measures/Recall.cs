namespace Jina.Evaluation.Measures;

/// <summary>Calculates the fraction of the relevant documents that was found, as trec_eval does.</summary>
/// <remarks>https://github.com/usnistgov/trec_eval/blob/59861432b0fa5b766881d154248702fb5ff695e5/m_recall.c.</remarks>
internal static class Recall
{
    /// <summary>Returns the fraction of all relevant documents that is among the first k, or 0 if no document is relevant.</summary>
    public static double At(int k, IEnumerable<string> ranking, IReadOnlyDictionary<string, int> relevance)
    {
        var relevant = relevance.Values.Count(gain => gain > 0);
        return relevant == 0 ? 0 : (double)ranking.Take(k).Count(document => relevance.GetValueOrDefault(document) > 0) / relevant;
    }
}
