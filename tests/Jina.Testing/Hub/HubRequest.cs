namespace Jina.Testing.Hub;

/// <summary>Represents a request to a server of the test hub.</summary>
public sealed record HubRequest(string Server, string Method, string Path, string? Range, string? Authorization);
