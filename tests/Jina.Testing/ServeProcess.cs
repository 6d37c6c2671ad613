using System.Diagnostics;

namespace Jina.Testing;

/// <summary>A <c>jina-embeddings serve</c> of its own, as an operator runs it: a process, an address, a signal to stop.</summary>
public sealed class ServeProcess : IAsyncDisposable
{
    private const string Ready = "Listening on ";

    private readonly Process _process;
    private readonly Task<string> _error;

    private ServeProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The address that the ready line tells.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Speaks to the server.</summary>
    public HttpClient Client { get; } = new();

    /// <summary>
    /// Starts <c>serve</c> with the demo model on a free port of the loopback address, more options after those, and waits until it
    /// is ready.
    /// </summary>
    /// <exception cref="InvalidOperationException">It ended without getting ready.</exception>
    public static Task<ServeProcess> StartAsync(params string[] arguments) => StartAsync([], arguments);

    /// <summary>Does the same in this environment.</summary>
    public static async Task<ServeProcess> StartAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        string[] all = ["serve", "--model", RepositoryFiles.Path("models", "demo-en"), .. arguments, .. arguments.Contains("--urls") ? (string[])[] : ["--urls", "http://127.0.0.1:0"]];
        var start = DotnetProgram.Of(BuildOutput.Of("jina-embeddings.dll", "src", "Jina.Embeddings.Tool"), all);
        start.Environment["HF_HUB_OFFLINE"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var server = new ServeProcess(Process.Start(start)!);
        if (await server._process.StandardOutput.ReadLineAsync() is { } line && line.StartsWith(Ready, StringComparison.Ordinal))
        {
            server.Address = line[Ready.Length..];
            server.Client.BaseAddress = new Uri(server.Address);
            return server;
        }

        var error = await server._error;
        await server.DisposeAsync();
        throw new InvalidOperationException($"serve did not get ready: {error}");
    }

    /// <summary>Asks the process to stop, without waiting for it.</summary>
    /// <param name="signal">The name of the signal.</param>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Ends the process at once, as a crash would.</summary>
    public async Task CrashAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for the end, and returns the exit code, what came on stdout after the ready line, and all of stderr.</summary>
    public async Task<(int ExitCode, string Output, string Error)> WaitAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, output, await _error);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            await CrashAsync();
        }

        _process.Dispose();
    }
}
