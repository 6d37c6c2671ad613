using System.Numerics.Tensors;
using Jina.VectorData.Sqlite.Quantization;
using Jina.VectorData.Sqlite.Search;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Search;

/// <summary>Tests that the bounds of a score always contain the score that a comparison of floats computes.</summary>
public sealed class BoundTests
{
    public static TheoryData<string, int> All { get; } =
    [
        .. from name in new[]
           {
               DistanceFunction.CosineSimilarity, DistanceFunction.CosineDistance, DistanceFunction.DotProductSimilarity,
               DistanceFunction.NegativeDotProductSimilarity, DistanceFunction.EuclideanDistance,
               DistanceFunction.EuclideanSquaredDistance,
           }
           from dimensions in new[] { 1, 3, 64, 512, 4096 }
           select (name, dimensions),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void The_bounds_contain_the_score(string name, int dimensions)
    {
        var distance = Distance.Parse(name);
        var random = new Random(dimensions);
        for (var i = 0; i < 200; i++)
        {
            var query = Next(random, dimensions, 1);
            var near = query.Select(value => value + (0.001f * (random.NextSingle() - 0.5f))).ToArray();
            float[][] vectors =
            [
                Next(random, dimensions, 1), Next(random, dimensions, 1e-5f), Next(random, dimensions, 1e9f),
                Next(random, dimensions, 1e-30f), Next(random, dimensions, 1e30f), near, query, new float[dimensions],
            ];
            foreach (var vector in vectors)
            {
                AssertContains(distance, query, vector);
            }
        }
    }

    private static void AssertContains(Distance distance, float[] query, float[] vector)
    {
        var code = new byte[Int8Code.Length(vector.Length)];
        Int8Code.Write(1, vector, code);
        var dot = Int8Query.TryCreate(query)!.Compare(new Int8Code(code));
        var score = distance.Score(query, TensorPrimitives.Norm<float>(query), vector, TensorPrimitives.Norm<float>(vector));
        var closeness = distance.HigherIsBetter ? score : -score;
        Assert.True(distance.Bounds!.CanReach(dot, closeness), $"{closeness} is better than the best possible score of {dot}.");
        Assert.False(distance.Bounds.Worst(dot) > closeness, $"{closeness} is worse than {distance.Bounds.Worst(dot)}.");
    }

    private static float[] Next(Random random, int dimensions, float size) =>
        [.. Enumerable.Range(0, dimensions).Select(_ => size * (random.NextSingle() - 0.5f))];
}
