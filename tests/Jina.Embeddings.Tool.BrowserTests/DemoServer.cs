using Jina.Testing;

namespace Jina.Embeddings.Tool.BrowserTests;

/// <summary>Runs a server of the demo model that the tests of a class share.</summary>
public sealed class DemoServer : IAsyncLifetime
{
    public ServeProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Process = await ServeProcess.StartAsync();

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
