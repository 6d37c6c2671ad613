using System.Numerics.Tensors;
using Jina.Extensions.AI.Tokenization;

namespace Jina.Extensions.AI.Scheduling;

/// <summary>Makes the vectors of a document's chunks from the sums of their tokens in each window. Not safe for concurrent use.</summary>
/// <param name="outputs">The check of the vectors.</param>
internal sealed class ChunkVectors(OutputCheck outputs)
{
    private readonly List<float[]> _vectors = [];

    /// <summary>The number of tokens of the last chunk. Chunks before it are complete.</summary>
    private int _tokens;

    /// <summary>Gets the number of chunks so far, of which the last one can be incomplete.</summary>
    public int Count => _vectors.Count;

    /// <summary>Adds a window of the document. Windows are added in the order of the document.</summary>
    /// <param name="spans">The spans of the window, in the order of the document.</param>
    /// <param name="sums">The sums of the spans, one after the other.</param>
    /// <exception cref="JinaModelException">The vector of a chunk is not finite, or has only zeros.</exception>
    public void Add(IReadOnlyList<ChunkSpan> spans, ReadOnlySpan<float> sums)
    {
        var dimensions = sums.Length / spans.Count;
        for (var i = 0; i < spans.Count; i++)
        {
            var sum = sums.Slice(i * dimensions, dimensions);
            if (spans[i].Chunk < _vectors.Count)
            {
                TensorPrimitives.Add(_vectors[^1], sum, _vectors[^1]);
            }
            else
            {
                Complete();
                _vectors.Add(sum.ToArray());
                _tokens = 0;
            }

            _tokens += spans[i].Length;
        }
    }

    /// <summary>Returns one vector per chunk, in the order of the document, after the last window.</summary>
    /// <exception cref="JinaModelException">The vector of the last chunk is not finite, or has only zeros.</exception>
    public IReadOnlyList<float[]> Finish()
    {
        Complete();
        return _vectors;
    }

    private void Complete()
    {
        if (_vectors is [.., var last])
        {
            TensorPrimitives.Divide(last, _tokens, last);
            outputs.Apply(last, _vectors.Count - 1);
        }
    }
}
