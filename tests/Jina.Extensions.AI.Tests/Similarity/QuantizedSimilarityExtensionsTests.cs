using System.Collections;
using System.Runtime.InteropServices;
using CsCheck;
using Jina.Extensions.AI.Tests.EmbeddingQuantization;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests.Similarity;

public sealed class QuantizedSimilarityExtensionsTests
{
    [Fact]
    public void The_cosine_of_int8_embeddings_is_close_to_that_of_the_floats() => Vectors.FloatPairs.Sample((x, y) =>
        Assert.Equal(
            Vectors.Float(x).CosineSimilarity(Vectors.Float(y)),
            Vectors.Float(x).ToInt8Embedding().CosineSimilarity(Vectors.Float(y).ToInt8Embedding()),
            0.01f));

    [Fact]
    public void The_cosine_of_int8_embeddings_is_exact() => Vectors.Int8Pairs.Sample((x, y) =>
    {
        static long Dot(sbyte[] x, sbyte[] y) => x.Zip(y, (a, b) => (long)a * b).Sum();

        Assert.Equal((float)(Dot(x, y) / Math.Sqrt((double)Dot(x, x) * Dot(y, y))), Vectors.Int8(x).CosineSimilarity(Vectors.Int8(y)));
    });

    [Theory]
    [InlineData(-128, -128, 1)]
    [InlineData(-128, 127, -1)]
    [InlineData(127, 127, 1)]
    [InlineData(0, 1, float.NaN)]
    public void Sums_do_not_overflow_at_any_dimension(sbyte x, sbyte y, float expected) => Assert.All(
        new[] { 1, 31, 65_535, 65_536, 65_537, 1_000_003 },
        length => Assert.Equal(expected, Constant(x, length).CosineSimilarity(Constant(y, length))));

    [Fact]
    public void The_distance_is_the_number_of_bits_that_differ() => Vectors.BitPairs.Sample((x, y) =>
    {
        var distance = x.Zip(y, (a, b) => a != b).Count(differs => differs);

        Assert.Equal(distance, Vectors.Bits(x).HammingDistance(Vectors.Bits(y)));
        Assert.Equal(1 - (2.0 * distance / x.Length), Vectors.Bits(x).HammingSimilarity(Vectors.Bits(y)), 1e-6);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(33)]
    public void Bits_past_the_end_do_not_count(int dimensions)
    {
        var dirty = new BitArray(dimensions);
        CollectionsMarshal.AsBytes(dirty).Fill(0xff);

        Assert.Equal(0, new BinaryEmbedding(dirty).HammingDistance(new(new BitArray(dimensions, true))));
        Assert.Equal(dimensions, new BinaryEmbedding(dirty).HammingDistance(new(new BitArray(dimensions))));
    }

    [Fact]
    public void The_similarity_has_the_scale_of_a_cosine()
    {
        Assert.Equal(1, Vectors.Bits(true, false).HammingSimilarity(Vectors.Bits(true, false)));
        Assert.Equal(0, Vectors.Bits(true, false).HammingSimilarity(Vectors.Bits(true, true)));
        Assert.Equal(-1, Vectors.Bits(true, false).HammingSimilarity(Vectors.Bits(false, true)));
        Assert.Equal(float.NaN, Vectors.Bits().HammingSimilarity(Vectors.Bits()));
    }

    [Fact]
    public void A_different_dimension_is_rejected_and_both_dimensions_are_named()
    {
        const string Message =
            "The other embedding has 3 dimensions, but this one has 2. Compare embeddings of the same model. (Parameter 'other')";

        var (two, three) = (Vectors.Bits(true, true), Vectors.Bits(true, true, true));

        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => Vectors.Int8(1, 2).CosineSimilarity(Vectors.Int8(1, 2, 3))).Message);
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => two.HammingDistance(three)).Message);
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => two.HammingSimilarity(three)).Message);
    }

    [Fact]
    public void Null_is_rejected()
    {
        Assert.Throws<ArgumentNullException>(() => Vectors.Int8(1).CosineSimilarity(null!));
        Assert.Throws<ArgumentNullException>(() => ((Embedding<sbyte>)null!).CosineSimilarity(Vectors.Int8(1)));
        Assert.Throws<ArgumentNullException>(() => Vectors.Bits(true).HammingDistance(null!));
        Assert.Throws<ArgumentNullException>(() => ((BinaryEmbedding)null!).HammingSimilarity(Vectors.Bits(true)));
    }

    private static Embedding<sbyte> Constant(sbyte value, int length) => new(Enumerable.Repeat(value, length).ToArray());
}
