using CsCheck;
using Jina.Extensions.AI.Tests.EmbeddingQuantization;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests.Similarity;

public sealed class EmbeddingCollectionExtensionsTests
{
    private static readonly Gen<(float[][] Rows, float[][] Columns)> Lists = Gen.Int[1, 20].SelectMany(dimensions => Gen.Select(
        Gen.Float[-1, 1].Array[dimensions].Array[0, 8],
        Gen.Float[-1, 1].Array[dimensions].Array[0, 8]));

    [Fact]
    public void A_matrix_has_the_similarity_of_each_pair() => Lists.Sample((rows, columns) =>
    {
        AssertMatrix(Convert(rows, Float), Convert(columns, Float), (x, y) => x.CosineSimilarity(y), (x, y) => x.SimilarityMatrix(y));
        AssertMatrix(Convert(rows, Int8), Convert(columns, Int8), (x, y) => x.CosineSimilarity(y), (x, y) => x.SimilarityMatrix(y));
        AssertMatrix(Convert(rows, Bits), Convert(columns, Bits), (x, y) => x.HammingSimilarity(y), (x, y) => x.SimilarityMatrix(y));
    });

    [Fact]
    public void A_matrix_of_one_list_compares_it_with_itself() => Lists.Sample((rows, _) =>
    {
        Assert.Equal(Convert(rows, Float).SimilarityMatrix(Convert(rows, Float)), Convert(rows, Float).SimilarityMatrix());
        Assert.Equal(Convert(rows, Int8).SimilarityMatrix(Convert(rows, Int8)), Convert(rows, Int8).SimilarityMatrix());
        Assert.Equal(Convert(rows, Bits).SimilarityMatrix(Convert(rows, Bits)), Convert(rows, Bits).SimilarityMatrix());
    });

    [Fact]
    public void A_matrix_has_NaN_for_a_zero_vector() => Assert.Equal(
        new[,] { { 1, float.NaN }, { float.NaN, float.NaN } },
        new[] { Vectors.Float(1, 0), Vectors.Float(0, 0) }.SimilarityMatrix());

    [Fact]
    public void A_matrix_rejects_different_dimensions_and_names_the_embedding()
    {
        const string Problem = "Item 1 is an embedding of 3 dimensions; expected an embedding of 2 dimensions. ";
        Embedding<float>[] mixed = [Vectors.Float(1, 2), Vectors.Float(1, 2, 3)];

        var rows = Assert.Throws<ArgumentException>("embeddings", () => mixed.SimilarityMatrix());
        var columns = Assert.Throws<ArgumentException>("others", () => mixed[..1].SimilarityMatrix(mixed));

        Assert.All([rows, columns], error => Assert.StartsWith(Problem, error.Message, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>("embeddings", () => new Embedding<float>[] { null! }.SimilarityMatrix());
        Assert.Throws<ArgumentNullException>("embeddings", () => ((Embedding<float>[])null!).SimilarityMatrix());
    }

    [Fact]
    public void The_normalized_mean_is_the_mean_at_unit_length() => Lists.Where(lists => lists.Rows.Length > 0).Sample((rows, _) =>
    {
        var mean = Enumerable.Range(0, rows[0].Length).Select(i => rows.Average(row => (double)row[i])).ToArray();
        var length = Math.Sqrt(mean.Sum(x => x * x));

        var actual = Convert(rows, Float).NormalizedMean().Vector.ToArray();

        Assert.Equal(mean.Length, actual.Length);
        Assert.All(actual, (x, i) => Assert.Equal(length > 0 ? mean[i] / length : 0, x, 1e-6));
    });

    [Theory]
    [InlineData(1e-44f)]
    [InlineData(3e38f)]
    public void The_normalized_mean_does_not_overflow_or_vanish(float scale) =>
        Assert.Equal([1f, 0f], new[] { Vectors.Float(scale, 0), Vectors.Float(scale, 0) }.NormalizedMean().Vector.ToArray());

    [Fact]
    public void The_normalized_mean_of_opposite_embeddings_is_zero() =>
        Assert.Equal([0f, 0f], new[] { Vectors.Float(1, -2), Vectors.Float(-1, 2) }.NormalizedMean().Vector.ToArray());

    [Fact]
    public void The_normalized_mean_has_the_model_of_the_first_embedding() =>
        Assert.Equal("m", new[] { new Embedding<float>(new float[] { 1 }) { ModelId = "m" }, Vectors.Float(2) }.NormalizedMean().ModelId);

    [Fact]
    public void The_normalized_mean_rejects_embeddings_without_a_mean()
    {
        var empty = Assert.Throws<ArgumentException>("embeddings", () => Array.Empty<Embedding<float>>().NormalizedMean());
        var mixed = Assert.Throws<ArgumentException>("embeddings", () => new[] { Vectors.Float(1), Vectors.Float(1, 2) }.NormalizedMean());
        var notFinite = Assert.Throws<NotFiniteNumberException>(
            () => new[] { Vectors.Float(1, 2), Vectors.Float(1, float.NaN) }.NormalizedMean());

        Assert.StartsWith("The collection is empty; expected at least one embedding.", empty.Message, StringComparison.Ordinal);
        Assert.StartsWith("Item 1 is an embedding of 2 dimensions; expected", mixed.Message, StringComparison.Ordinal);
        Assert.StartsWith("Component 1 of embedding 1 is NaN; expected finite numbers only.", notFinite.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("embeddings", () => new Embedding<float>[] { null! }.NormalizedMean());
        Assert.Throws<ArgumentNullException>("embeddings", () => ((Embedding<float>[])null!).NormalizedMean());
    }

    private static Embedding<float> Float(float[] vector) => Vectors.Float(vector);

    private static Embedding<sbyte> Int8(float[] vector) => Vectors.Float(vector).ToInt8Embedding();

    private static BinaryEmbedding Bits(float[] vector) => Vectors.Float(vector).ToBinaryEmbedding();

    private static T[] Convert<T>(float[][] vectors, Converter<float[], T> convert) => Array.ConvertAll(vectors, convert);

    private static void AssertMatrix<T>(T[] rows, T[] columns, Func<T, T, float> similarity, Func<T[], T[], float[,]> matrix)
    {
        var actual = matrix(rows, columns);

        Assert.Equal((rows.Length, columns.Length), (actual.GetLength(0), actual.GetLength(1)));
        Assert.All(rows, (row, i) => Assert.All(columns, (column, j) => Assert.Equal(similarity(row, column), actual[i, j])));
    }
}
