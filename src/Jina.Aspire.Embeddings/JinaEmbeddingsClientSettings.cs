namespace Jina.Aspire.Embeddings;

/// <summary>Represents the settings of a client of a Jina embeddings server.</summary>
/// <remarks>
/// They are read from the section <c>Aspire:Jina:Embeddings</c> of the configuration, then from its section with the name of the
/// connection, then from the connection string, and then from code. The last one takes precedence.
/// </remarks>
public sealed class JinaEmbeddingsClientSettings
{
    /// <summary>
    /// Gets or sets the address of the server, for example <c>http://localhost:8080</c>. A path <c>/v1</c> is added if it is missing. The
    /// default is <see langword="null"/>, which is reported when the generator is created.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Gets or sets the API key. The default is <see langword="null"/>, for a server without keys.</summary>
    public string? Key { get; set; }

    /// <summary>Gets or sets the name of the model. The default is <c>jina-embedding-s-en-v1</c>.</summary>
    public string Model { get; set; } = "jina-embedding-s-en-v1";

    /// <summary>
    /// Gets or sets the length of the vectors, at least 1. If <see langword="null"/>, which is the default, the metadata of the generator
    /// has the length after the first request. Otherwise, requests contain the length, and the server rejects them if its model has
    /// another.
    /// </summary>
    public int? Dimensions { get; set; }

    /// <summary>Gets or sets a value indicating whether the health check is disabled. The default is <see langword="false"/>.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Gets or sets a value indicating whether traces are disabled. The default is <see langword="false"/>.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Gets or sets a value indicating whether metrics are disabled. The default is <see langword="false"/>.</summary>
    public bool DisableMetrics { get; set; }
}
