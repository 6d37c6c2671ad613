using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Serving;

/// <summary>Runs one server without keys for all tests of a class.</summary>
public sealed class KeylessServer : IAsyncLifetime
{
    internal ServeProcess Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await ServeProcess.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
