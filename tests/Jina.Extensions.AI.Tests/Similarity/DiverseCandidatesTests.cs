using System.Numerics.Tensors;
using CsCheck;
using Jina.Extensions.AI.Tests.EmbeddingQuantization;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests.Similarity;

public sealed class DiverseCandidatesTests
{
    private static readonly Embedding<float> Query = Vectors.Float(1, 0, 0);

    /// <summary>Two candidates that are almost equal, and a third one that is less similar to the query.</summary>
    private static readonly (string Item, Embedding<float> Embedding)[] Candidates =
    [
        ("far", Vectors.Float(1, 0, 2)),
        ("near", Vectors.Float(4, 1, 0)),
        ("nearer", Vectors.Float(5, 1, 0)),
    ];

    /// <summary>A query and candidates of few dimensions and few values, so that equal scores and zero vectors are common.</summary>
    private static readonly Gen<(sbyte[] Query, sbyte[][] Candidates, int Top, float Lambda)> Searches =
        Gen.Int[1, 4].SelectMany(dimensions => Gen.Select(
            Gen.SByte[-1, 1].Array[dimensions],
            Gen.SByte[-1, 1].Array[dimensions].Array[0, 12],
            Gen.Int[1, 15],
            Gen.Int[0, 4].Select(quarters => quarters / 4f)));

    [Theory]
    [InlineData(1f, "nearer", "near", "far")]
    [InlineData(0.5f, "nearer", "far", "near")]
    [InlineData(0f, "nearer", "far", "near")]
    public void Lambda_weighs_the_query_against_the_selected_items(float lambda, params string[] expected)
    {
        var found = Query.FindDiverse(Candidates, 3, lambda);

        Assert.Equal(expected, found.Select(result => result.Item));
        Assert.All(found, result => Assert.Equal(
            TensorPrimitives.CosineSimilarity(Query.Vector.Span, Candidates.Single(one => one.Item == result.Item).Embedding.Vector.Span),
            result.Score));
    }

    [Fact]
    public void Each_result_is_the_best_by_the_definition() => Searches.Sample((query, candidates, top, lambda) =>
    {
        var one = Vectors.Float(ToFloats(query));
        (int Item, Embedding<float> Embedding)[] all = [.. candidates.Select((vector, i) => (i, Vectors.Float(ToFloats(vector))))];

        var found = one.FindDiverse(all, top, lambda);

        Assert.Equal(Math.Min(top, all.Length), found.Count);
        Assert.Equal(found.Count, found.DistinctBy(result => result.Item).Count());
        for (var i = 0; i < found.Count; i++)
        {
            var selected = found.Take(i).Select(result => result.Item).ToList();
            var best = all
                .Where(candidate => !selected.Contains(candidate.Item))
                .OrderByDescending(candidate => Value(candidate.Embedding, selected), Comparer<float>.Default)
                .First();
            Assert.Equal(best.Item, found[i].Item);
        }

        float Value(Embedding<float> candidate, List<int> selected) => selected.Count == 0
            ? Cosine(one, candidate)
            : (lambda * Cosine(one, candidate)) - ((1 - lambda) * selected.Max(item => Cosine(all[item].Embedding, candidate)));
    });

    [Fact]
    public void With_lambda_1_the_results_are_those_of_FindClosest() => Searches.Sample((query, candidates, top, _) =>
    {
        // A zero vector has no similarity to the selected items, and NaN times 0 is NaN.
        var one = Vectors.Float([.. ToFloats(query), 1]);
        var all = candidates.Select((vector, i) => (i, Vectors.Float([.. ToFloats(vector), 1]))).ToList();

        Assert.Equal(one.FindClosest(all, top), one.FindDiverse(all, top, lambda: 1));
    });

    [Fact]
    public void Candidates_without_a_cosine_come_last_with_a_score_of_NaN() => Assert.Equal(
        [("x", 1f), ("y", -1f), ("zero", float.NaN)],
        Vectors.Float(1, 0).FindDiverse([("zero", Vectors.Float(0, 0)), ("x", Vectors.Float(1, 0)), ("y", Vectors.Float(-1, 0))], 3));

    [Theory]
    [InlineData(-0.01f)]
    [InlineData(1.01f)]
    [InlineData(float.NaN)]
    public void A_lambda_outside_of_0_to_1_is_rejected(float lambda) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(lambda), () => Query.FindDiverse(Candidates, 1, lambda));

    [Fact]
    public void Invalid_arguments_are_rejected()
    {
        Assert.Throws<ArgumentNullException>("query", () => ((Embedding<float>)null!).FindDiverse(Candidates, 1));
        Assert.Throws<ArgumentNullException>("candidates", () => Query.FindDiverse<string>(null!, 1));
        Assert.Throws<ArgumentOutOfRangeException>("top", () => Query.FindDiverse(Candidates, 0));
        Assert.Throws<ArgumentException>("candidates", () => Query.FindDiverse([("other", Vectors.Float(1, 2))], 1));
        Assert.Empty(Query.FindDiverse(Array.Empty<(string, Embedding<float>)>(), 3));
    }

    private static float[] ToFloats(sbyte[] vector) => Array.ConvertAll(vector, value => (float)value);

    private static float Cosine(Embedding<float> one, Embedding<float> other) =>
        TensorPrimitives.CosineSimilarity(one.Vector.Span, other.Vector.Span);
}
