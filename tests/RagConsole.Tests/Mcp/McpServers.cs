using System.Diagnostics;
using System.Globalization;
using Jina.Testing;
using ModelContextProtocol.Client;

namespace RagConsole.Tests.Mcp;

/// <summary>Runs a server over stdio and one over HTTP, both for the same folder and database, with the SDK's clients.</summary>
public sealed class McpServers : IAsyncLifetime
{
    public const string LongFile = "more/long.txt";

    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _cache = new();
    private readonly WeatherDocs _docs = new();
    private Process? _http;

    /// <summary>Gets the clients by the name of their transport.</summary>
    public Dictionary<string, McpClient> Clients { get; } = [];

    /// <summary>Gets the address of the server over HTTP.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Gets the id of the process that serves over HTTP.</summary>
    public int HttpProcess => _http!.Id;

    /// <summary>Gets the id of the process that serves over stdio. Linux only.</summary>
    public int StdioProcess => Directory.EnumerateDirectories("/proc")
        .Select(Path.GetFileName)
        .Where(name => int.TryParse(name, out _))
        .Select(name => (Id: int.Parse(name!, CultureInfo.InvariantCulture), Command: ReadCommand(name!)))
        .Single(process => process.Command.Contains(Folder, StringComparison.Ordinal)
            && !process.Command.Contains("--http", StringComparison.Ordinal))
        .Id;

    /// <summary>Gets the indexed folder.</summary>
    public string Folder => _docs.Path;

    /// <summary>Gets the text of a file that does not fit into one result: a long line between short ones.</summary>
    public static string LongText { get; } = string.Join('\n', Enumerable.Range(1, 400).Select(number =>
        number == 200 ? string.Concat(Enumerable.Repeat("wet and cold ", 5000)) : $"Line {number} of rain."));

    /// <summary>Starts the program as a stdio server with a client.</summary>
    public static async Task<McpClient> StartStdioAsync(TemporaryFolder cache, params string[] args)
    {
        string[] model = args.Contains("--model") ? [] : ["--model", "demo"];
        var options = new StdioClientTransportOptions
        {
            Command = "dotnet",
            Arguments = [BuildOutput.Of("RagConsole.dll", "samples", "RagConsole"), "mcp", .. model, .. args],
            WorkingDirectory = cache.Path,
            EnvironmentVariables = new Dictionary<string, string?>
            {
                ["JINA_EMBEDDINGS_CACHE"] = cache.Path,
                ["HF_HUB_OFFLINE"] = "1",
                ["XDG_DATA_HOME"] = cache.Path,
            },
        };
        return await McpClient.CreateAsync(new StdioClientTransport(options), cancellationToken: TestContext.Current.CancellationToken);
    }

    public async ValueTask InitializeAsync()
    {
        File.WriteAllText(Path.Combine(Folder, LongFile), LongText);
        string[] args = [Folder, "--db", _data.File("rag.db")];
        Clients["stdio"] = await StartStdioAsync(_cache, args);
        _http = RagProcess.Start(["mcp", .. args, "--model", "demo", "--http", "0"], _cache);
        Address = await ReadAddressAsync(_http);
        var transport = new HttpClientTransport(new HttpClientTransportOptions { Endpoint = Address });
        Clients["http"] = await McpClient.CreateAsync(transport, cancellationToken: TestContext.Current.CancellationToken);
        await Task.WhenAll(Clients.Values.Select(client => client.WaitAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in Clients.Values)
        {
            await client.DisposeAsync();
        }

        if (_http is not null)
        {
            _http.Kill();
            await _http.WaitForExitAsync();
            _http.Dispose();
        }

        _docs.Dispose();
        _cache.Dispose();
        _data.Dispose();
    }

    private static string ReadCommand(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task<Uri> ReadAddressAsync(Process process)
    {
        const string Before = "listens on ";
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Split(Before) is [_, var rest])
            {
                // A full pipe would block the server.
                _ = process.StandardError.ReadToEndAsync();
                return new Uri(rest.Split(". ")[0]);
            }
        }

        throw new InvalidOperationException("The server ended before it listened.");
    }
}
