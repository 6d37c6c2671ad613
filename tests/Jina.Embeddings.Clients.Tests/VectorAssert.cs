namespace Jina.Embeddings.Clients.Tests;

/// <summary>Compares vectors of a client with those of this process.</summary>
internal static class VectorAssert
{
    private const float Tolerance = 1e-6f;

    /// <summary>Asserts that as many vectors as expected were given, in the same order, and that every component is the same.</summary>
    public static void Same(IReadOnlyList<ReadOnlyMemory<float>> expected, IEnumerable<ReadOnlyMemory<float>> given)
    {
        ReadOnlyMemory<float>[] all = [.. given];
        Assert.Equal(expected.Count, all.Length);
        for (var i = 0; i < all.Length; i++)
        {
            Assert.Equal(expected[i].Length, all[i].Length);
            for (var component = 0; component < all[i].Length; component++)
            {
                Assert.Equal(expected[i].Span[component], all[i].Span[component], Tolerance);
            }
        }
    }
}
