using System.Numerics.Tensors;
using CsCheck;
using Jina.Extensions.AI.Scheduling;

namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Tests the check of a model's vectors.</summary>
public sealed class OutputCheckTests
{
    private static readonly OutputCheck Raw = new("/models/m", normalize: false);
    private static readonly OutputCheck Unit = new("/models/m", normalize: true);

    /// <summary>Gets lengths on both sides of the widths of vector registers.</summary>
    public static TheoryData<int> Lengths => [1, 2, 3, 7, 8, 15, 16, 17, 63, 512, 1023, 1024];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_component_that_is_not_finite_is_rejected_at_every_position(int length)
    {
        foreach (var bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            for (var i = 0; i < length; i++)
            {
                var vector = Enumerable.Repeat(1f, length).ToArray();
                vector[i] = bad;
                foreach (var check in new[] { Raw, Unit })
                {
                    var error = Assert.Throws<JinaModelException>(() => check.Apply(vector, 7));

                    Assert.Equal("/models/m", error.ModelPath);
                    Assert.Contains("The vector of text 7 has infinite components", error.Message, StringComparison.Ordinal);
                    Assert.Contains("fp16", error.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_vector_of_zeros_is_rejected(int length)
    {
        var zeros = new float[length];
        zeros[^1] = -0f;

        Assert.All(new[] { Raw, Unit }, check => Assert.Contains(
            "The vector of text 3 has only zeros",
            Assert.Throws<JinaModelException>(() => check.Apply(zeros, 3)).Message,
            StringComparison.Ordinal));
    }

    [Fact]
    public void A_raw_vector_is_not_changed() => Gen.Float.Array[1, 100]
        .Where(vector => TensorPrimitives.IsFiniteAll<float>(vector) && vector.AsSpan().ContainsAnyExcept(0f))
        .Sample(vector =>
        {
            var copy = vector.ToArray();
            Raw.Apply(copy, 0);
            Assert.Equal(vector, copy);
        });

    [Theory]
    [InlineData(1f)]
    [InlineData(float.MaxValue / 5)]
    [InlineData(1e30f)]
    [InlineData(1e-15f)]
    [InlineData(1e-25f)]
    [InlineData(1e-38f)]
    public void A_vector_of_any_size_is_scaled_to_unit_length(float size)
    {
        float[] vector = [3 * size, 0, -4 * size];

        Unit.Apply(vector, 0);

        Assert.Equal(0.6f, vector[0], 1e-6f);
        Assert.Equal(0f, vector[1]);
        Assert.Equal(-0.8f, vector[2], 1e-6f);
    }

    [Fact]
    public void The_smallest_numbers_have_a_direction_too()
    {
        float[] vector = [float.Epsilon, 0];

        Unit.Apply(vector, 0);

        Assert.Equal([1f, 0f], vector);
    }
}
