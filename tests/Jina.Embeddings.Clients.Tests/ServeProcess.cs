using System.Diagnostics;
using Jina.Testing;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>One <c>jina-embeddings serve</c> of the demo model on this machine, for all tests of a class.</summary>
public sealed class ServeProcess : IAsyncLifetime
{
    private const string Ready = "Listening on ";

    private Process? _process;

    /// <summary>Gets the address, as clients of OpenAI's API take it.</summary>
    public Uri BaseAddress { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var start = DotnetProgram.Of(
            BuildOutput.Of("jina-embeddings.dll", "src", "Jina.Embeddings.Tool"),
            "serve", "--model", RepositoryFiles.Path("models", "demo-en"), "--urls", "http://127.0.0.1:0");
        _process = Process.Start(start)!;

        // What it says there must be read, or it would wait for a reader.
        var errors = _process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var line = await _process.StandardOutput.ReadLineAsync(patience.Token);
        Assert.True(line?.StartsWith(Ready, StringComparison.Ordinal), $"The server did not start: {line} {(line is null ? await errors : string.Empty)}");
        BaseAddress = new Uri($"{line![Ready.Length..].TrimEnd('/')}/v1");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }
}
