using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Jina.Testing;

/// <summary>
/// Runs a server of the chat-completions protocol on the loopback address.
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

    /// <summary>Starts a server that returns the same response to every request.</summary>
    /// <param name="status">The status of the responses.</param>
    /// <param name="body">The body of the responses.</param>
    /// <param name="contentType">The content type of the responses.</param>
    public static Task<ChatServer> StartAsync(int status, string body, string contentType = "application/json") =>
        StartAsync(status, contentType, (_, response) => response.WriteAsync(body));

    /// <summary>Starts a server that streams.</summary>
    /// <param name="respond">The function that writes the response to the body of a request.</param>
    public static Task<ChatServer> StartStreamingAsync(Func<string, HttpResponse, Task> respond) =>
        StartAsync(200, "text/event-stream", respond);

    private static async Task<ChatServer> StartAsync(int status, string contentType, Func<string, HttpResponse, Task> respond)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ChatServer(builder.Build());
        server._server.MapPost("/v1/chat/completions", async context =>
        {
            var request = await new StreamReader(context.Request.Body).ReadToEndAsync();
            server.Add(request);
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            await respond(request, context.Response);
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
