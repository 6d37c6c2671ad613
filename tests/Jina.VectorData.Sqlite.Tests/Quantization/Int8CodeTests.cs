using System.Numerics.Tensors;
using CsCheck;
using Jina.VectorData.Sqlite.Quantization;

namespace Jina.VectorData.Sqlite.Tests.Quantization;

/// <summary>Tests that a code states how far it is from its vector, and that damage of its bytes is detected.</summary>
public sealed class Int8CodeTests
{
    private static readonly Gen<float[]> Vector =
        from scale in Gen.Float[-8, 8]
        from values in Gen.Float[-1, 1].Array[1, 3000]
        select values.Select(value => value * MathF.Pow(10, scale)).ToArray();

    [Fact]
    public void The_error_is_at_least_the_distance_between_the_vector_and_its_code() => Vector.Sample(vector =>
    {
        var bytes = Write(1, vector);
        var code = new Int8Code(bytes);
        var squares = 0.0;
        for (var i = 0; i < vector.Length; i++)
        {
            squares += Math.Pow(vector[i] - ((double)code.Components[i] * code.Scale), 2);
        }

        Assert.Equal(TensorPrimitives.Norm<float>(vector), code.Norm);
        Assert.InRange(Math.Sqrt(squares), 0, code.Error);
        Assert.True(code.Norm == 0 || code.Error == float.PositiveInfinity || code.Error < code.Norm * 0.1f * MathF.Sqrt(vector.Length));
    });

    [Fact]
    public void A_changed_byte_or_another_row_is_detected() =>
        Gen.Select(Vector, Gen.Int, Gen.Int[1, 255], Gen.Long).Sample((vector, position, change, id) =>
        {
            var code = Write(id, vector);
            Assert.True(Int8Code.IsIntact(id, code, vector.Length));
            Assert.False(Int8Code.IsIntact(id + 1, code, vector.Length));
            Assert.False(Int8Code.IsIntact(id, code, vector.Length + 1));
            Assert.False(Int8Code.IsIntact(id, code.AsSpan(1), vector.Length));
            Assert.False(Int8Code.IsIntact(id, [], vector.Length));
            code[(uint)position % code.Length] ^= (byte)change;
            Assert.False(Int8Code.IsIntact(id, code, vector.Length));
        });

    [Fact]
    public void A_zero_vector_has_an_exact_code()
    {
        var code = new Int8Code(Write(1, new float[70]));

        Assert.Equal(0, code.Error);
        Assert.Equal(0, code.Norm);
        Assert.True(code.Components.IndexOfAnyExcept((sbyte)0) < 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(4096)]
    public void The_signs_of_components_are_counted(int dimensions)
    {
        var random = new Random(dimensions);
        var (left, right) = (Next(), Next());
        var (leftBits, rightBits) = (new byte[SignBits.Length(dimensions)], new byte[SignBits.Length(dimensions)]);
        rightBits.AsSpan().Fill(0xff);
        SignBits.Write(left, leftBits);
        SignBits.Write(right, rightBits);

        Assert.Equal(left.Zip(right).Count(pair => pair.First < 0 != pair.Second < 0), SignBits.CountDifferent(leftBits, rightBits));

        sbyte[] Next() => [.. Enumerable.Range(0, dimensions).Select(_ => (sbyte)random.Next(-127, 128))];
    }

    private static byte[] Write(long id, float[] vector)
    {
        var code = new byte[Int8Code.Length(vector.Length)];
        Int8Code.Write(id, vector, code);
        return code;
    }
}
