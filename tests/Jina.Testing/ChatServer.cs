using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Jina.Testing;

/// <summary>
/// Runs a server of the chat-completions protocol on the loopback address that returns the same response to every request.
/// </summary>
public sealed class ChatServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly List<string> _requests = [];

    private ChatServer(WebApplication server) => _server = server;

    /// <summary>Gets the address for clients of the protocol.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Gets the bodies of the requests so far.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Starts a server.</summary>
    /// <param name="status">The status of the responses.</param>
    /// <param name="body">The body of the responses.</param>
    /// <param name="contentType">The content type of the responses.</param>
    public static async Task<ChatServer> StartAsync(int status, string body, string contentType = "application/json")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ChatServer(builder.Build());
        server._server.MapPost("/v1/chat/completions", async context =>
        {
            server.Add(await new StreamReader(context.Request.Body).ReadToEndAsync());
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            await context.Response.WriteAsync(body);
        });
        await server._server.StartAsync();
        server.Address = $"{server._server.Urls.Single()}/v1";
        return server;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Add(string request)
    {
        lock (_requests)
        {
            _requests.Add(request);
        }
    }
}
