using Jina.Testing;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Runs one <c>jina-embeddings serve</c> with the demo model for all tests of a class.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private ServeProcess? _process;

    /// <summary>Gets the base URL for clients of OpenAI's API.</summary>
    public Uri BaseAddress => new($"{_process!.Address.TrimEnd('/')}/v1");

    public async ValueTask InitializeAsync() => _process = await ServeProcess.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }
}
