using Jina.Testing;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Runs one <c>jina-embeddings serve</c> with the demo model for all tests of a class.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    /// <summary>The name of the model that the server runs.</summary>
    public const string Model = "demo-en";

    private ServeProcess? _process;

    /// <summary>Gets the base URL for clients of OpenAI's API.</summary>
    public Uri BaseAddress => new($"{Address}/v1");

    /// <summary>Gets the base URL for clients of Ollama and of Text Embeddings Inference, without a slash at the end.</summary>
    public string Address => _process!.Address.TrimEnd('/');

    /// <summary>Gets an HTTP client for the base URL.</summary>
    public HttpClient Client => _process!.Client;

    public async ValueTask InitializeAsync() => _process = await ServeProcess.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }
}
