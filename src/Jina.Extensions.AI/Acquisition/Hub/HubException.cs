using Jina.Extensions.AI.Diagnostics;

namespace Jina.Extensions.AI.Acquisition.Hub;

/// <summary>Represents a failed request to the hub, or to the content store behind it.</summary>
/// <remarks>Messages name hosts, never whole addresses, because the addresses of content stores contain signatures.</remarks>
internal sealed class HubException(string message, Exception? innerException = null)
    : Exception(PrintableText.Message(message), innerException)
{
    /// <summary>Gets a value indicating whether the same request can succeed later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Gets a value indicating whether no server responded.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>Gets the time that the server asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
