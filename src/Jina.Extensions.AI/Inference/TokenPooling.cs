using System.Numerics.Tensors;

namespace Jina.Extensions.AI.Inference;

/// <summary>Combines the vectors of tokens.</summary>
internal static class TokenPooling
{
    /// <summary>
    /// Returns the mean of each text's own token vectors, or, for a text with spans, the sums of each span, one after the other. Sums can
    /// be added, because a chunk can be in several windows of a document.
    /// </summary>
    /// <param name="tokens">The token vectors: [texts, length, dimensions]. Positions after a text's end are padding.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="length">The padded length of the texts.</param>
    public static float[][] Pool(ReadOnlySpan<float> tokens, IReadOnlyList<T5Encoding> texts, int length)
    {
        var dimensions = tokens.Length / (texts.Count * length);
        var vectors = new float[texts.Count][];
        for (var row = 0; row < texts.Count; row++)
        {
            var rows = tokens.Slice(row * length * dimensions, length * dimensions);
            vectors[row] = texts[row].Spans is null ? Mean(rows, texts[row].Ids.Count, dimensions) : Sums(rows, texts[row], dimensions);
        }

        return vectors;
    }

    private static float[] Mean(ReadOnlySpan<float> rows, int count, int dimensions)
    {
        var mean = new float[dimensions];
        AddTo(mean, rows[..(count * dimensions)]);
        TensorPrimitives.Divide(mean, count, mean);
        return mean;
    }

    private static float[] Sums(ReadOnlySpan<float> rows, T5Encoding text, int dimensions)
    {
        var spans = text.Spans!;
        var sums = new float[spans.Count * dimensions];
        for (var i = 0; i < spans.Count; i++)
        {
            AddTo(sums.AsSpan(i * dimensions, dimensions), rows[(spans[i].Start * dimensions)..(spans[i].End * dimensions)]);
        }

        return sums;
    }

    private static void AddTo(Span<float> sum, ReadOnlySpan<float> rows)
    {
        for (; !rows.IsEmpty; rows = rows[sum.Length..])
        {
            TensorPrimitives.Add(sum, rows[..sum.Length], sum);
        }
    }
}
