using Microsoft.AspNetCore.Http.Metadata;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>
/// Turns off the framework's limit on bodies, also on those that it has decompressed. <c>RequestBody</c> has a limit of its own, and knows
/// the shape of a body that is too large.
/// </summary>
internal sealed class NoSizeLimit : IRequestSizeLimitMetadata
{
    /// <summary>Gets a limit that no body exceeds. If it were <see langword="null"/>, the limit of the web server would apply.</summary>
    public long? MaxRequestBodySize => long.MaxValue;
}
