using Jina.Extensions.AI;
using Jina.Extensions.AI.Inference;

namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>Counts the padding of the micro-batches that pass to a model.</summary>
internal sealed class CountingEncoder(IEncoder model) : IEncoder
{
    public PaddingTally Padding { get; } = new();

    public float[][] Run(IReadOnlyList<T5Encoding> texts, OtherWork others, CancellationToken cancellationToken)
    {
        // No LINQ: what it allocates would count as the generator's.
        var (length, tokens) = (0, 0);
        for (var i = 0; i < texts.Count; i++)
        {
            var count = texts[i].Ids.Count;
            length = Math.Max(length, count);
            tokens += count;
        }

        Padding.Add(texts.Count, length, tokens);
        return model.Run(texts, others, cancellationToken);
    }

    /// <summary>Runs a batch on one thread, as one of many, and does not count it.</summary>
    public void RunOnOneThread(IReadOnlyList<T5Encoding> texts) => model.Run(texts, new OtherWork(Running: 1, Waiting: 1), CancellationToken.None);
}
