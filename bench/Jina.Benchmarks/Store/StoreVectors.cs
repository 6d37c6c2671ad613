using Jina.Benchmarking;

namespace Jina.Benchmarks.Store;

/// <summary>Generates vectors, each from its index alone, so that a million of them need no memory and are the same in every run.</summary>
/// <param name="Name">The name in the report.</param>
/// <param name="Clusters">The number of clusters; 0 for vectors without clusters.</param>
internal sealed record StoreVectors(string Name, int Clusters)
{
    private const int Steps = 1 << 20;

    /// <summary>The length of the noise: two vectors of a cluster have a cosine of about 0.7, as embeddings of one topic have.</summary>
    private const float Noise = 0.6f;

    private readonly float[][] _centers =
        [.. Enumerable.Range(0, Clusters).Select(cluster => Uniform(new SplitMix(Mix(~(ulong)cluster))))];

    public static StoreVectors Random { get; } = new("random", 0);

    public static StoreVectors Clustered { get; } = new("clustered", 1000);

    public float[] At(long index)
    {
        var random = new SplitMix(Mix((ulong)index));
        var center = Clusters == 0 ? null : _centers[random.Below(Clusters)];
        var vector = Uniform(random);
        for (var i = 0; center is not null && i < vector.Length; i++)
        {
            vector[i] = center[i] + (Noise * vector[i]);
        }

        return vector;
    }

    /// <summary>Returns vectors in one array, one after the other.</summary>
    public float[] Flatten(int count)
    {
        var values = GC.AllocateUninitializedArray<float>(checked(count * StoreRecord.Dimensions));
        Parallel.For(0, count, index => At(index).CopyTo(values, index * StoreRecord.Dimensions));
        return values;
    }

    /// <summary>Returns vectors of the same kind as the stored ones and different from all of them.</summary>
    public float[][] CreateQueries(int count) => [.. Enumerable.Range(0, count).Select(i => At(int.MaxValue + (long)i))];

    private static float[] Uniform(SplitMix random)
    {
        var vector = new float[StoreRecord.Dimensions];
        foreach (ref var value in vector.AsSpan())
        {
            value = (random.Below(Steps) * (2f / Steps)) - 1;
        }

        return vector;
    }

    /// <summary>Returns a seed. Neighboring indexes must not have neighboring seeds, whose sequences would overlap.</summary>
    private static ulong Mix(ulong index)
    {
        var bits = (index + 1) * 0xd1342543de82ef95;
        bits = (bits ^ (bits >> 32)) * 0xaef17502108ef2d9;
        return bits ^ (bits >> 29);
    }
}
