namespace Jina.Embeddings.AspNetCore.Tests.Support;

/// <summary>Runs one server with default options for all tests of a class.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private TestServer? _server;

    internal TestServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server!.DisposeAsync();
}
