namespace Jina.Extensions.AI.Inference;

/// <summary>Turns ids into vectors, one micro-batch at a time. Safe for concurrent runs.</summary>
internal interface IEncoder
{
    /// <summary>Embeds texts as one padded batch.</summary>
    /// <param name="texts">The texts' ids; each text has at least one.</param>
    /// <param name="others">What else there is to do at this moment.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>A vector for each text.</returns>
    float[][] Run(IReadOnlyList<T5Encoding> texts, OtherWork others, CancellationToken cancellationToken);
}
