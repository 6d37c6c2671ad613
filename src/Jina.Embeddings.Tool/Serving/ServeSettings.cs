using Jina.Embeddings.AspNetCore;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>What the command line asks of a server.</summary>
internal sealed record ServeSettings
{
    /// <summary>Gets the models, no two of one name; the first answers requests that name none.</summary>
    public required IReadOnlyList<JinaEmbeddingModel> Models { get; init; }

    /// <summary>Gets the addresses to listen on.</summary>
    public required IReadOnlyList<ServerAddress> Addresses { get; init; }

    public Precision Precision { get; init; }

    /// <summary>Gets the threads that compute; null for one per processor.</summary>
    public int? Threads { get; init; }

    /// <summary>Gets the keys and limits, within their ranges.</summary>
    public required JinaEmbeddingEndpointOptions Endpoint { get; init; }
}
