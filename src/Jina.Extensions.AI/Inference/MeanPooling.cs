using System.Numerics.Tensors;

namespace Jina.Extensions.AI.Inference;

/// <summary>The mean over a text's own tokens, for graphs that return one vector per token.</summary>
internal static class MeanPooling
{
    /// <summary>Pools [batch, length, dim] token vectors; positions past a text's end are padding and do not count.</summary>
    public static float[][] Apply(ReadOnlySpan<float> tokens, IReadOnlyList<T5Encoding> texts, int length)
    {
        var dimensions = tokens.Length / (texts.Count * length);
        var vectors = new float[texts.Count][];
        for (var row = 0; row < texts.Count; row++)
        {
            var sum = new float[dimensions];
            for (var position = 0; position < texts[row].Ids.Count; position++)
            {
                TensorPrimitives.Add(sum, tokens.Slice(((row * length) + position) * dimensions, dimensions), sum);
            }

            TensorPrimitives.Divide(sum, texts[row].Ids.Count, sum);
            vectors[row] = sum;
        }

        return vectors;
    }
}
