using Jina.Testing;

namespace Jina.Aspire.Tests.Embeddings;

/// <summary>Runs one <c>jina-embeddings serve</c> with the demo model and an API key for all tests of a class.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    public const string Key = "a-long-secret==";

    private ServeProcess? _process;

    /// <summary>Gets the address without a slash at the end.</summary>
    public string Address => _process!.Address.TrimEnd('/');

    /// <summary>Gets the connection string that the hosting package would create.</summary>
    public string ConnectionString => $"Endpoint={Address};Key={Key};Model=demo-en";

    public async ValueTask InitializeAsync() =>
        _process = await ServeProcess.StartAsync(new Dictionary<string, string> { ["JINA_EMBEDDINGS_API_KEY"] = Key }, "--strict-model");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }
}
