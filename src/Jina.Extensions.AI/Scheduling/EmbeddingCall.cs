namespace Jina.Extensions.AI.Scheduling;

/// <summary>One caller's request, which may come in several windows; the unit of fairness and of cancellation.</summary>
/// <param name="cancellationToken">The caller's.</param>
internal sealed class EmbeddingCall(CancellationToken cancellationToken)
{
    /// <summary>Gets the caller's token.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Gets or sets the turn in which the call was last served; 0 before the first time. Kept by the queue.</summary>
    public long LastTurn { get; set; }
}
