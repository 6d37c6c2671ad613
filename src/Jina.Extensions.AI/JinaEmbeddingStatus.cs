namespace Jina.Extensions.AI;

/// <summary>Represents a generator's state at one moment.</summary>
public sealed class JinaEmbeddingStatus
{
    internal JinaEmbeddingStatus()
    {
    }

    /// <summary>Gets the load state of the model.</summary>
    public JinaModelState State { get; init; }

    /// <summary>
    /// Gets the exception of the last load, or <see langword="null"/> if <see cref="State"/> is not
    /// <see cref="JinaModelState.Failed"/>.
    /// </summary>
    public Exception? Failure { get; init; }

    /// <summary>Gets the number of requests in progress: at least 0.</summary>
    public int ActiveRequests { get; init; }

    /// <summary>Gets the number of texts of these requests that wait for a thread: at least 0.</summary>
    public int QueuedTexts { get; init; }

    /// <summary>Gets the number of tokens of these texts: at least 0.</summary>
    public long QueuedTokens { get; init; }
}
