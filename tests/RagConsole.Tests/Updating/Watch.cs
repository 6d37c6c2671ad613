using System.Diagnostics;
using System.Threading.Channels;
using Jina.Testing;

namespace RagConsole.Tests.Updating;

/// <summary>Represents a running <c>watch</c>.</summary>
internal sealed class Watch : IDisposable
{
    private readonly TemporaryFolder _cache = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Process _process;

    private Watch(params string[] args)
    {
        _process = RagProcess.Start(["watch", .. args], _cache);
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static Watch Start(string docs, string database) => new(docs, "--db", database, "--model", "demo");

    /// <summary>Waits for a line that contains a text: the result of an update, unless another text is given.</summary>
    public async Task<string> WaitForLineAsync(string text = "passages embedded")
    {
        while (true)
        {
            var line = await _lines.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    public void Kill()
    {
        _process.Kill();
        Dispose();
    }

    /// <summary>Stops the watch as a service manager does, and returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
        _cache.Dispose();
    }

    private void Add(string? line)
    {
        if (line is not null)
        {
            _lines.Writer.TryWrite(line);
        }
    }
}
