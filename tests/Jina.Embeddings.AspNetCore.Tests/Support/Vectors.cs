using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.AspNetCore.Tests.Support;

/// <summary>Embeds texts with the same model in this process, and compares vectors.</summary>
internal static class Vectors
{
    private const float Tolerance = 1e-6f;

    public static async Task<float[][]> EmbedAsync(IEnumerable<string> texts, bool normalize = true)
    {
        var options = new EmbeddingGenerationOptions { AdditionalProperties = new() { [JinaEmbeddingGenerator.NormalizeKey] = normalize } };
        var embeddings = await DemoModel.Generator.GenerateAsync(texts, options, TestContext.Current.CancellationToken);
        return [.. embeddings.Select(embedding => embedding.Vector.ToArray())];
    }

    public static void Equal(float[][] expected, float[][] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Length, actual[i].Length);
            Assert.InRange(TensorPrimitives.Distance(expected[i], actual[i]), 0, Tolerance * TensorPrimitives.Norm(expected[i]));
        }
    }

    public static float[] FromBase64(JsonElement text) => MemoryMarshal.Cast<byte, float>(text.GetBytesFromBase64()).ToArray();

    /// <summary>Packs the signs into bits, like numpy's packbits.</summary>
    public static int[] Bits(float[] vector) => [.. vector.Chunk(8).Select(Byte)];

    private static int Byte(float[] components)
    {
        var digits = string.Concat(components.Select(component => component > 0 ? '1' : '0'));
        return Convert.ToInt32(digits.PadRight(8, '0'), 2);
    }
}
