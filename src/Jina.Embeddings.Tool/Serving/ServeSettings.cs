using Jina.Embeddings.AspNetCore;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>Represents the settings of a server.</summary>
internal sealed record ServeSettings
{
    /// <summary>Gets the models, whose names are different. The first one answers requests without a model.</summary>
    public required IReadOnlyList<JinaEmbeddingModel> Models { get; init; }

    /// <summary>Gets the addresses to listen on.</summary>
    public required IReadOnlyList<ServerAddress> Addresses { get; init; }

    public Precision Precision { get; init; }

    /// <summary>Gets the number of computing threads, or null for one per processor.</summary>
    public int? Threads { get; init; }

    /// <summary>Gets the validated keys and limits.</summary>
    public required JinaEmbeddingEndpointOptions Endpoint { get; init; }

    /// <summary>Gets the web pages and host names that may use the server.</summary>
    public required BrowserSettings Browsers { get; init; }

    public LogFormat LogFormat { get; init; }

    /// <summary>Gets how long the server answers requests after the signal to stop, while it reports that it is not ready.</summary>
    public TimeSpan Drain { get; init; }

    /// <summary>Gets where traces and metrics are sent.</summary>
    public required OtlpSettings Otlp { get; init; }
}
