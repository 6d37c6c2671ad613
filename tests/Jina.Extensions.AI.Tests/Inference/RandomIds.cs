namespace Jina.Extensions.AI.Tests.Inference;

/// <summary>Creates reproducible sequences of token IDs that end with T5's end token.</summary>
internal static class RandomIds
{
    public static IEnumerable<int[]> Make(IEnumerable<int> lengths, int vocabulary)
    {
        var random = new Random(7);
        return lengths
            .Select(length => Enumerable.Range(0, length - 1).Select(_ => random.Next(2, vocabulary)).Append(1).ToArray())
            .ToArray();
    }
}
