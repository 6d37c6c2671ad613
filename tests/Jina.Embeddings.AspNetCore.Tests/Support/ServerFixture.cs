namespace Jina.Embeddings.AspNetCore.Tests.Support;

/// <summary>One server with the defaults, for the tests of a class that only ask it.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private TestServer? _server;

    internal TestServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server!.DisposeAsync();
}
