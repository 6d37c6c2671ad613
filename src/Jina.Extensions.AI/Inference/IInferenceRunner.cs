namespace Jina.Extensions.AI.Inference;

/// <summary>Runs micro-batches of token IDs through a model. Safe for concurrent use.</summary>
internal interface IInferenceRunner
{
    /// <summary>Runs one micro-batch, padded to its longest text.</summary>
    /// <param name="texts">The token IDs of the texts. Each text has at least one ID.</param>
    /// <param name="others">The other work at this moment.</param>
    /// <param name="cancellationToken">The token that stops the run.</param>
    /// <returns>
    /// One vector per text, as the model computes it (not normalized). For a text with spans, the sums of the token vectors of each span.
    /// </returns>
    float[][] Run(IReadOnlyList<T5Encoding> texts, OtherWork others, CancellationToken cancellationToken);
}

/// <summary>Represents the work besides a run at the moment when the run starts.</summary>
/// <param name="Running">The number of other runs in progress.</param>
/// <param name="Waiting">The number of texts in the queue.</param>
internal readonly record struct OtherWork(int Running, int Waiting)
{
    /// <summary>Gets a value indicating whether the run has the machine to itself.</summary>
    public bool IsNone => Running == 0 && Waiting == 0;
}
