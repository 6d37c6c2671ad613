using System.Buffers;
using System.Text.Json;
using CsCheck;
using Jina.Embeddings.AspNetCore.Responses;

namespace Jina.Embeddings.AspNetCore.Tests.Responses;

public sealed class FloatArrayTests
{
    [Fact]
    public void Every_finite_number_reads_back_exactly() =>
        Gen.Float.Where(float.IsFinite).Array[0, 50].Sample(vector => Written(vector).SequenceEqual(vector));

    [Fact]
    public void The_extremes_are_JSON()
    {
        float[] extremes = [0, -0f, 1, -1, float.Epsilon, -float.Epsilon, -1.17549435E-38f, float.MaxValue, float.MinValue, 1e-5f, 1e16f, 0.1f];

        Assert.Equal(extremes.Select(BitConverter.SingleToInt32Bits), Written(extremes).Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void Nothing_is_an_empty_array() => Assert.Empty(Written([]));

    private static float[] Written(float[] vector)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            FloatArray.Write(json, vector);
        }

        return [.. JsonDocument.Parse(buffer.WrittenMemory).RootElement.EnumerateArray().Select(number => number.GetSingle())];
    }
}
