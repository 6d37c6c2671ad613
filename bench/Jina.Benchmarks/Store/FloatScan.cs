using System.Numerics.Tensors;
using Microsoft.Extensions.VectorData;

namespace Jina.Benchmarks.Store;

/// <summary>Compares a query with all vectors as floats on all processors, with the arithmetic of the store's scores.</summary>
/// <param name="values">The vectors, one after the other.</param>
internal sealed class FloatScan(float[] values)
{
    private const int Dimensions = StoreRecord.Dimensions;
    private const int Block = 4096;

    private readonly float[] _norms = MeasureNorms(values);

    /// <summary>Gets the functions that the benchmark measures.</summary>
    public static IReadOnlyList<string> DistanceFunctions { get; } =
    [
        DistanceFunction.CosineSimilarity,
        DistanceFunction.DotProductSimilarity,
        DistanceFunction.EuclideanDistance,
        DistanceFunction.EuclideanSquaredDistance,
    ];

    private int Count => values.Length / Dimensions;

    /// <summary>Returns the best vectors, the best first. Of equal scores, the lower index is first, as in the store.</summary>
    /// <param name="query">The query.</param>
    /// <param name="distanceFunction">The distance function.</param>
    /// <param name="top">The number of vectors.</param>
    /// <param name="step">Compares each vector whose index is a multiple of this number, as a filter does.</param>
    public ScanHit[] Find(float[] query, string distanceFunction, int top, int step = 1)
    {
        var score = Score(distanceFunction);
        var sign = distanceFunction is DistanceFunction.CosineSimilarity or DistanceFunction.DotProductSimilarity ? -1 : 1;
        var norm = TensorPrimitives.Norm(query);
        var best = new List<ScanHit>();
        Parallel.For(0, (Count + Block - 1) / Block, block =>
        {
            // The worst hit of the queue is dequeued first.
            var found = new PriorityQueue<ScanHit, (float, int)>(Comparer<(float, int)>.Create((a, b) => b.CompareTo(a)));
            var end = Math.Min(Count, (block + 1) * Block);
            for (var index = (((block * Block) + step - 1) / step) * step; index < end; index += step)
            {
                var hit = new ScanHit(index, score(query, norm, values.AsSpan(index * Dimensions, Dimensions), _norms[index]));
                if (found.Count < top)
                {
                    found.Enqueue(hit, (sign * hit.Score, index));
                }
                else
                {
                    found.EnqueueDequeue(hit, (sign * hit.Score, index));
                }
            }

            lock (best)
            {
                best.AddRange(found.UnorderedItems.Select(item => item.Element));
            }
        });
        return [.. best.OrderBy(hit => sign * hit.Score).ThenBy(hit => hit.Index).Take(top)];
    }

    private static float[] MeasureNorms(float[] values)
    {
        var norms = new float[values.Length / Dimensions];
        for (var i = 0; i < norms.Length; i++)
        {
            norms[i] = TensorPrimitives.Norm(values.AsSpan(i * Dimensions, Dimensions));
        }

        return norms;
    }

    private static Comparison Score(string distanceFunction) => distanceFunction switch
    {
        DistanceFunction.CosineSimilarity => static (query, norm, stored, storedNorm) =>
            TensorPrimitives.Dot(query, stored) / (norm * storedNorm),
        DistanceFunction.DotProductSimilarity => static (query, _, stored, _) => TensorPrimitives.Dot(query, stored),
        DistanceFunction.EuclideanDistance => static (query, _, stored, _) => TensorPrimitives.Distance(query, stored),
        DistanceFunction.EuclideanSquaredDistance => static (query, _, stored, _) => EuclideanSquared(query, stored),
        _ => throw new ArgumentException($"The benchmark does not measure the distance function '{distanceFunction}'."),
    };

    /// <summary>Adds up the squares in pieces of 256 components, as the store does: another order would round differently.</summary>
    private static float EuclideanSquared(ReadOnlySpan<float> query, ReadOnlySpan<float> stored)
    {
        Span<float> difference = stackalloc float[256];
        var total = 0f;
        for (var start = 0; start < Dimensions; start += difference.Length)
        {
            TensorPrimitives.Subtract(query.Slice(start, difference.Length), stored.Slice(start, difference.Length), difference);
            total += TensorPrimitives.SumOfSquares(difference);
        }

        return total;
    }

    private delegate float Comparison(ReadOnlySpan<float> query, float norm, ReadOnlySpan<float> stored, float storedNorm);
}

/// <summary>Represents a vector that a scan found.</summary>
internal readonly record struct ScanHit(int Index, float Score);
