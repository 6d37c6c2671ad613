namespace Jina.Extensions.AI.Acquisition.Hub;

/// <summary>A request to the hub, or to the content store behind it, that did not bring what it should.</summary>
/// <remarks>Messages name hosts, never whole addresses: those of content stores carry signatures.</remarks>
internal sealed class HubException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Gets whether the same request may succeed later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Gets whether no server answered at all.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>Gets how long the server asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
