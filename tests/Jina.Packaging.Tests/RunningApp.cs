using System.Diagnostics;
using System.Text;

namespace Jina.Packaging.Tests;

/// <summary>Represents a web app that a command of <c>dotnet</c> started. It ends with the test.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;

    private RunningApp(Process process, HttpClient http) => (_process, Http) = (process, http);

    /// <summary>Gets a client whose base address is that of the app.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts an app on a free port, and waits until it listens.</summary>
    public static async Task<RunningApp> StartAsync(string folder, Dictionary<string, string> environment, params string[] command)
    {
        var process = Process.Start(Dotnet.Start("dotnet", folder, environment, [.. command, "--urls", "http://127.0.0.1:0"]))!;
        process.BeginErrorReadLine();
        var output = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            output.AppendLine(line);
            if (line.Split(Listening) is [_, var address])
            {
                // The output is read to its end, so that the app never waits for a reader.
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new RunningApp(process, new HttpClient { BaseAddress = new Uri(address) });
            }
        }

        throw new InvalidOperationException($"The app ended before it listened: {output}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
