namespace Jina.Extensions.AI.Inference;

/// <summary>Packs texts of like length into micro-batches, so that little of a run is padding.</summary>
internal static class BatchPlan
{
    /// <summary>Returns the texts' indices, batch by batch, longest first; every index stands in exactly one batch.</summary>
    /// <param name="lengths">The texts' lengths in ids.</param>
    /// <param name="maxPaddedTokens">The most ids in one batch, padding included; a longer text is a batch of its own.</param>
    public static IEnumerable<int[]> Create(IReadOnlyList<int> lengths, int maxPaddedTokens)
    {
        int[] order = [.. Enumerable.Range(0, lengths.Count).OrderByDescending(index => lengths[index])];
        for (var start = 0; start < order.Length;)
        {
            var rows = Math.Max(1, maxPaddedTokens / Math.Max(1, lengths[order[start]]));
            yield return order[start..Math.Min(order.Length, start + rows)];
            start += rows;
        }
    }
}
