using Jina.Extensions.AI;

namespace Jina.Benchmarking;

/// <summary>Compares int8 with fp32 in speed and vectors, and int8 vectors of texts alone with those in micro-batches.</summary>
/// <param name="Fp32">The throughput of the same texts in fp32, measured alternately with int8.</param>
/// <param name="WorstCosine">The lowest cosine between the two vectors of a text.</param>
/// <param name="MeanCosine">The mean of those cosines.</param>
/// <param name="AloneWithin">
/// The fraction of texts whose int8 vector alone matches the one in a micro-batch within <see cref="AloneTolerance"/>.
/// </param>
/// <param name="AloneWorst">The largest difference of any component between a text alone and in a micro-batch.</param>
internal sealed record PrecisionComparison(Throughput Fp32, double WorstCosine, double MeanCosine, double AloneWithin, double AloneWorst)
{
    /// <summary>The maximum number of texts that are compared.</summary>
    public const int MostTexts = 1000;

    private const float AloneTolerance = 1e-5f;

    public static async Task<PrecisionComparison> MeasureAsync(
        ModelUnderTest int8,
        Workload work,
        IReadOnlyList<ReadOnlyMemory<float>> int8Vectors,
        IReadOnlyList<ReadOnlyMemory<float>> fp32Vectors,
        Throughput fp32,
        CancellationToken cancellationToken)
    {
        var count = Math.Min(MostTexts, work.Texts.Count);
        double[] cosines = [.. int8Vectors.Zip(fp32Vectors, (one, other) => (double)one.CosineSimilarity(other)).Take(count)];
        var differences = new float[count];
        for (var i = 0; i < count; i++)
        {
            var alone = await int8.Generator.GenerateAsync([work.Texts[i]], cancellationToken: cancellationToken);
            differences[i] = LargestDifference(alone[0].Vector.Span, int8Vectors[i].Span);
        }

        var within = differences.Count(difference => difference <= AloneTolerance) / (double)count;
        return new PrecisionComparison(fp32, cosines.Min(), cosines.Average(), within, differences.Max());
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
