using System.Diagnostics;
using System.Globalization;

namespace Jina.Testing;

/// <summary>Runs <c>jina-embeddings serve</c> as a process, like an operator.</summary>
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

    /// <summary>Gets the address from the line that reports that the server is ready.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Gets a client of the server.</summary>
    public HttpClient Client { get; } = new();

    /// <summary>
    /// Starts <c>serve</c> with the demo model on a free port of the loopback address and with additional options, and waits until it
    /// is ready.
    /// </summary>
    /// <exception cref="InvalidOperationException">The process ended before it was ready.</exception>
    public static Task<ServeProcess> StartAsync(params string[] arguments) => StartAsync([], arguments);

    /// <summary>
    /// Starts <c>serve</c> in the same way, with environment variables. If variables set the model or the addresses, they are not among the
    /// arguments.
    /// </summary>
    public static async Task<ServeProcess> StartAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        var hasUrls = arguments.Contains("--urls") || environment.Keys.Any(name => name.EndsWith("_URLS", StringComparison.Ordinal));
        string[] urls = hasUrls ? [] : ["--urls", "http://127.0.0.1:0"];
        string[] model = environment.ContainsKey("JINA_EMBEDDINGS_MODEL") ? [] : ["--model", RepositoryFiles.Path("models", "demo-en")];
        string[] all = ["serve", .. model, .. arguments, .. urls];
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
        throw new InvalidOperationException($"serve was not ready: {error}");
    }

    /// <summary>Reads the most memory that the process has used so far, in bytes. Linux only.</summary>
    public long ReadPeakMemory()
    {
        const string Name = "VmHWM:";
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(Name, StringComparison.Ordinal));
        return 1024 * long.Parse(line[Name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    /// <summary>Sends a signal to the process, without waiting for its end.</summary>
    /// <param name="signal">The name of the signal.</param>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Kills the process, like a crash.</summary>
    public async Task CrashAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for the end of the process. Returns the exit code, the output on stdout after the first line, and stderr.</summary>
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
