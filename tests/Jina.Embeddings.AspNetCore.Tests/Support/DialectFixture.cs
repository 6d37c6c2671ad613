using Microsoft.AspNetCore.Builder;

namespace Jina.Embeddings.AspNetCore.Tests.Support;

/// <summary>Runs one server with the routes of all interfaces and default options for all tests of a class.</summary>
public sealed class DialectFixture : IAsyncLifetime
{
    private TestServer? _server;

    internal TestServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(map: MapAll);

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    internal static void MapAll(WebApplication app)
    {
        app.MapJinaEmbeddings();
        app.MapOllamaEmbeddings();
        app.MapTextEmbeddingsInference();
    }
}
