using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentRag.Tests;

/// <summary>A server of the chat-completions protocol on the loopback address that gives every request the same response.</summary>
internal sealed class CompletionServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private CompletionServer(WebApplication server) => _server = server;

    /// <summary>The bodies of the requests so far.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public string Address => $"{_server.Urls.Single()}/v1";

    public static async Task<CompletionServer> StartAsync(int status, string body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new CompletionServer(builder.Build());
        server._server.MapPost("/v1/chat/completions", async context =>
        {
            server.Requests.Enqueue(await new StreamReader(context.Request.Body).ReadToEndAsync());
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(body);
        });
        await server._server.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
