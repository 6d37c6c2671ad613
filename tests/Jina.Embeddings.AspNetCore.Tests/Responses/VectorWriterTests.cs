using System.Buffers;
using System.Text.Json;
using CsCheck;
using Jina.Embeddings.AspNetCore.Responses;

namespace Jina.Embeddings.AspNetCore.Tests.Responses;

public sealed class VectorWriterTests
{
    [Fact]
    public void Every_finite_number_reads_back_exactly() =>
        Gen.Float.Where(float.IsFinite).Array[0, 50].Sample(vector => Written(vector).SequenceEqual(vector));

    [Fact]
    public void Extreme_numbers_are_valid_JSON()
    {
        float[] extremes =
            [0, -0f, 1, -1, float.Epsilon, -float.Epsilon, -1.17549435E-38f, float.MaxValue, float.MinValue, 1e-5f, 1e16f, 0.1f];

        Assert.Equal(extremes.Select(BitConverter.SingleToInt32Bits), Written(extremes).Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void An_empty_vector_is_an_empty_array() => Assert.Empty(Written([]));

    [Fact]
    public void The_first_component_is_the_highest_bit_and_only_positive_components_are_1() =>
        Assert.Equal([0b1010_0110], VectorWriter.PackBits([1, -1, float.Epsilon, 0, -0f, 2, 3, -4]));

    [Fact]
    public void The_last_byte_is_padded_with_0() =>
        Assert.Equal([0xff, 0b1110_0000], VectorWriter.PackBits([.. Enumerable.Repeat(1f, 11)]));

    [Fact]
    public void An_empty_vector_has_no_bytes() => Assert.Empty(VectorWriter.PackBits([]));

    private static float[] Written(float[] vector)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            VectorWriter.WriteNumbers(json, vector);
        }

        return [.. JsonDocument.Parse(buffer.WrittenMemory).RootElement.EnumerateArray().Select(number => number.GetSingle())];
    }
}
