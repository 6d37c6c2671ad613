using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>What int8 gains against fp32, and what it costs.</summary>
/// <param name="Fp32">The same texts in fp32, in turns with the runs in int8.</param>
/// <param name="WorstCosine">The least cosine of a text's two vectors.</param>
/// <param name="MeanCosine">The mean of those cosines.</param>
/// <param name="AloneWithin">The part of the texts whose int8 vector, alone, is that among neighbours within <see cref="AloneTolerance"/>.</param>
/// <param name="AloneWorst">The largest difference of any component, alone and among neighbours.</param>
internal sealed record PrecisionComparison(Throughput Fp32, double WorstCosine, double MeanCosine, double AloneWithin, double AloneWorst)
{
    /// <summary>The most texts that are compared.</summary>
    public const int MostTexts = 1000;

    private const float AloneTolerance = 1e-5f;

    public static async Task<PrecisionComparison> MeasureAsync(
        ModelUnderTest int8, Workload work, IReadOnlyList<ReadOnlyMemory<float>> int8Vectors, IReadOnlyList<ReadOnlyMemory<float>> fp32Vectors, Throughput fp32, CancellationToken cancellationToken)
    {
        var count = Math.Min(MostTexts, work.Texts.Count);
        double[] cosines = [.. int8Vectors.Zip(fp32Vectors, (one, other) => (double)one.CosineSimilarity(other)).Take(count)];
        var differences = new float[count];
        for (var i = 0; i < count; i++)
        {
            var alone = await int8.Generator.GenerateAsync([work.Texts[i]], cancellationToken: cancellationToken);
            differences[i] = LargestDifference(alone[0].Vector.Span, int8Vectors[i].Span);
        }

        return new PrecisionComparison(fp32, cosines.Min(), cosines.Average(), differences.Count(difference => difference <= AloneTolerance) / (double)count, differences.Max());
    }

    private static float LargestDifference(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var largest = 0f;
        for (var i = 0; i < one.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(one[i] - other[i]));
        }

        return largest;
    }
}
