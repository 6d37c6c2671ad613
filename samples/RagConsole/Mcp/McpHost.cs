using System.Net.Sockets;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using RagConsole.Output;

namespace RagConsole.Mcp;

/// <summary>Runs the MCP server over stdin and stdout, or over HTTP on this machine.</summary>
internal static class McpHost
{
    /// <summary>The path of the server over HTTP.</summary>
    public const string Path = "/mcp";

    private const string Instructions =
        "Searches files of the user that are indexed on this machine. Use 'search' to find passages by meaning and by words, and "
        + "'read' to see more of a file that 'search' returned. 'status' shows what is indexed. Cite file and lines.";

    /// <summary>Gets the options for the arguments and results of tools.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Serves a client over stdin and stdout until it closes stdin.</summary>
    public static async Task RunStdioAsync(ServedLibrary library, CancellationToken cancellationToken)
    {
        // Only the protocol may write to stdout. It uses a stream of its own.
        Console.SetOut(Console.Error);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(new StatusLog()));
        Register(services, library).WithStdioServerTransport();
        await using var provider = services.BuildServiceProvider();
        await RunWithLibraryAsync(library, provider.GetRequiredService<McpServer>().RunAsync, cancellationToken);
    }

    /// <summary>Serves clients over HTTP until the token is canceled.</summary>
    /// <param name="library">The indexed files.</param>
    /// <param name="port">The port, or 0 for a free one.</param>
    /// <param name="cancellationToken">Stops the server.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task RunHttpAsync(ServedLibrary library, int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddProvider(new StatusLog());
        builder.Services.AddRoutingCore();
        Register(builder.Services, library).WithHttpTransport();
        await using var app = builder.Build();
        app.Urls.Add($"http://127.0.0.1:{port}");
        app.Use(LocalRequests.InvokeAsync);
        app.UseRouting();
        app.MapMcp(Path);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception error) when (error is SocketException or IOException { InnerException: AddressInUseException })
        {
            throw new IOException($"Cannot listen on port {port}: {error.Message.TrimEnd('.')}. Pass another port with --http PORT.");
        }

        Status.Note($"The MCP server listens on {app.Urls.First()}{Path}. To stop it, press Ctrl+C.");
        await RunWithLibraryAsync(
            library,
            async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await app.StopAsync(CancellationToken.None);
            },
            cancellationToken);
    }

    /// <summary>Indexes in the background while a server runs.</summary>
    private static async Task RunWithLibraryAsync(
        ServedLibrary library, Func<CancellationToken, Task> serve, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var indexing = library.RunAsync(stop.Token);
        try
        {
            await serve(stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            await indexing;
        }
    }

    private static IMcpServerBuilder Register(IServiceCollection services, ServedLibrary library) => services
        .AddSingleton(library)
        .AddMcpServer(options =>
        {
            options.ServerInfo = new Implementation { Name = "jina-rag", Title = "Search in your files", Version = Version };
            options.ServerInstructions = Instructions;
        })
        .WithRequestFilters(filters => filters.AddCallToolFilter(ToolFailures.Filter))
        .WithTools<SearchTool>(Json)
        .WithTools<ReadTool>(Json)
        .WithTools<StatusTool>(Json)
        .WithListResourcesHandler((request, token) => FileResources.ListAsync(library, request.Params?.Cursor, token))
        .WithListResourceTemplatesHandler((_, _) => ValueTask.FromResult(FileResources.Templates))
        .WithReadResourceHandler((request, token) => FileResources.ReadAsync(library, request.Params!.Uri, token))
        .WithCompleteHandler((request, token) => FileResources.CompleteAsync(library, request.Params!, token));

    private static string Version =>
        typeof(McpHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
