namespace Jina.Testing.Hub;

/// <summary>What a server of the test hub was asked.</summary>
public sealed record HubRequest(string Server, string Method, string Path, string? Range, string? Authorization);
