namespace Jina.Extensions.AI.Tests.Acquisition.Hub;

/// <summary>What a server of the test hub was asked.</summary>
internal sealed record HubRequest(string Server, string Method, string Path, string? Range, string? Authorization);
