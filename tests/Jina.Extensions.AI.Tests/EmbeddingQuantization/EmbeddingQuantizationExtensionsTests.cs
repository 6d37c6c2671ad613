using CsCheck;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests.EmbeddingQuantization;

public sealed class EmbeddingQuantizationExtensionsTests
{
    [Theory]
    [InlineData(new float[] { 1, -1, 0 }, new sbyte[] { 127, -127, 0 })]
    [InlineData(new float[] { 254, 1, 3, -1, -3, 5 }, new sbyte[] { 127, 0, 2, 0, -2, 2 })]
    [InlineData(new float[] { 0.25f, -0.5f }, new sbyte[] { 64, -127 })]
    [InlineData(new float[] { float.Epsilon, -float.Epsilon }, new sbyte[] { 127, -127 })]
    [InlineData(new float[] { float.MaxValue, float.MinValue, 1 }, new sbyte[] { 127, -127, 0 })]
    [InlineData(new float[] { 0, -0f }, new sbyte[] { 0, 0 })]
    [InlineData(new float[] { }, new sbyte[] { })]
    public void Int8_is_in_proportion_to_the_largest_component_with_ties_to_even(float[] vector, sbyte[] expected) =>
        Assert.Equal(expected, Vectors.Float(vector).ToInt8Embedding().Vector.ToArray());

    [Fact]
    public void Int8_is_within_half_a_step_and_uses_the_whole_range_but_never_minus_128() => Vectors.Floats.Sample(vector =>
    {
        var quantized = Vectors.Float(vector).ToInt8Embedding().Vector.ToArray();
        var largest = vector.Select(x => Math.Abs((double)x)).DefaultIfEmpty().Max();

        Assert.Equal(vector.Length, quantized.Length);
        Assert.Equal(largest > 0 ? 127 : 0, quantized.Select(x => Math.Abs((int)x)).DefaultIfEmpty().Max());

        // The proportions of a zero vector are not defined.
        var unit = largest > 0 ? largest : 1;
        Assert.All(quantized, (x, i) => Assert.InRange(x, (vector[i] / unit * 127) - 0.50001, (vector[i] / unit * 127) + 0.50001));
    });

    [Theory]
    [InlineData(
        new float[] { 1, -1, 0, -0f, float.Epsilon, -float.Epsilon, 2, 3, -4 },
        new[] { true, false, false, false, true, false, true, true, false })]
    [InlineData(new float[] { }, new bool[] { })]
    public void A_bit_is_set_if_the_component_is_positive(float[] vector, bool[] expected) =>
        Assert.Equal(expected, Vectors.Float(vector).ToBinaryEmbedding().Vector.Cast<bool>());

    [Fact]
    public void There_are_as_many_bits_as_components() => Vectors.Floats.Sample(vector =>
        Assert.Equal(vector.Select(x => x > 0), Vectors.Float(vector).ToBinaryEmbedding().Vector.Cast<bool>()));

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void A_component_that_is_not_finite_is_rejected_and_named(float value, string name)
    {
        var embedding = Vectors.Float([.. Enumerable.Repeat(1f, 20), value]);

        var int8 = Assert.Throws<NotFiniteNumberException>(() => embedding.ToInt8Embedding());
        var binary = Assert.Throws<NotFiniteNumberException>(() => embedding.ToBinaryEmbedding());

        Assert.Equal(value, int8.OffendingNumber);
        Assert.Equal(int8.Message, binary.Message);
        Assert.Equal(
            $"Component 20 of the embedding is {name}; expected finite numbers only. Check the float generator.",
            int8.Message);
    }

    [Fact]
    public void The_metadata_of_an_embedding_is_kept()
    {
        var embedding = Vectors.Float(1, 2);
        (embedding.ModelId, embedding.CreatedAt, embedding.AdditionalProperties) = ("m", DateTimeOffset.UnixEpoch, new() { ["page"] = 3 });

        Assert.All<Embedding>([embedding.ToInt8Embedding(), embedding.ToBinaryEmbedding()], quantized => Assert.Equal(
            (embedding.ModelId, embedding.CreatedAt, embedding.AdditionalProperties),
            (quantized.ModelId, quantized.CreatedAt, quantized.AdditionalProperties)));
    }

    [Fact]
    public void Null_is_rejected()
    {
        Assert.Throws<ArgumentNullException>(() => ((Embedding<float>)null!).ToInt8Embedding());
        Assert.Throws<ArgumentNullException>(() => ((Embedding<float>)null!).ToBinaryEmbedding());
        Assert.Throws<ArgumentNullException>(() => ((IEmbeddingGenerator<string, Embedding<float>>)null!).AsInt8Embeddings());
        Assert.Throws<ArgumentNullException>(() => ((IEmbeddingGenerator<string, Embedding<float>>)null!).AsBinaryEmbeddings());
    }
}
