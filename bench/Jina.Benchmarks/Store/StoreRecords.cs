using Microsoft.Extensions.VectorData;

namespace Jina.Benchmarks.Store;

/// <summary>Creates records with random vectors and texts of random words, the same in every run.</summary>
internal static class StoreRecords
{
    private const int Words = 30;

    /// <summary>Gets the definition of the records with a full-text index.</summary>
    public static VectorStoreCollectionDefinition WithFullText { get; } = new()
    {
        Properties =
        [
            new VectorStoreKeyProperty(nameof(StoreRecord.Id), typeof(string)),
            new VectorStoreDataProperty(nameof(StoreRecord.Tenth), typeof(int)),
            new VectorStoreDataProperty(nameof(StoreRecord.Text), typeof(string)) { IsFullTextIndexed = true },
            new VectorStoreVectorProperty(nameof(StoreRecord.Vector), typeof(ReadOnlyMemory<float>), StoreRecord.Dimensions),
        ],
    };

    public static StoreRecord[] Create(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(i => new StoreRecord
        {
            Id = $"record-{i}",
            Tenth = i % 10,
            Text = string.Join(' ', Enumerable.Range(0, Words).Select(_ => $"w{(int)Math.Pow(50_000, random.NextDouble())}")),
            Vector = CreateVector(random),
        })];
    }

    public static float[] CreateVector(Random random)
    {
        var vector = new float[StoreRecord.Dimensions];
        foreach (ref var value in vector.AsSpan())
        {
            value = (float)((random.NextDouble() * 2) - 1);
        }

        return vector;
    }
}
