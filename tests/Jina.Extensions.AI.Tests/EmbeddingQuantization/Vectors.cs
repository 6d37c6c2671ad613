using System.Collections;
using CsCheck;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests.EmbeddingQuantization;

/// <summary>Vectors to quantize and to compare.</summary>
internal static class Vectors
{
    /// <summary>Vectors of any length and magnitude.</summary>
    public static Gen<float[]> Floats { get; } = Gen.Select(
        Gen.Float[-1, 1].Array[0, 200],
        Gen.OneOf(1f, 1e-42f, 1e-30f, 1e38f),
        (vector, scale) => Array.ConvertAll(vector, x => x * scale));

    /// <summary>Pairs of equal length, as a model may return them.</summary>
    public static Gen<(float[] X, float[] Y)> FloatPairs { get; } =
        Gen.Int[16, 1024].SelectMany(length => Gen.Select(Gen.Float[-1, 1].Array[length], Gen.Float[-1, 1].Array[length]));

    /// <summary>Pairs of equal length, including -128, which other quantizers may return.</summary>
    public static Gen<(sbyte[] X, sbyte[] Y)> Int8Pairs { get; } =
        Gen.Int[1, 300].SelectMany(length => Gen.Select(Gen.SByte.Array[length], Gen.SByte.Array[length]));

    public static Gen<(bool[] X, bool[] Y)> BitPairs { get; } =
        Gen.Int[1, 300].SelectMany(length => Gen.Select(Gen.Bool.Array[length], Gen.Bool.Array[length]));

    public static Embedding<float> Float(params float[] vector) => new(vector);

    public static Embedding<sbyte> Int8(params sbyte[] vector) => new(vector);

    public static BinaryEmbedding Bits(params bool[] vector) => new(new BitArray(vector));
}
