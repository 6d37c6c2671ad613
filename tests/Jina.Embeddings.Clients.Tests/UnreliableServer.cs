using Jina.Extensions.AI;
using Jina.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Runs the endpoint with the demo model in this process. A function can fail requests before the endpoint answers.</summary>
internal sealed class UnreliableServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private UnreliableServer(WebApplication app) => _app = app;

    /// <summary>Gets the address, without a slash at the end.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>Gets the number of requests so far, without those for <c>/ready</c>.</summary>
    public int Requests => _requests;

    /// <summary>Starts a server.</summary>
    /// <param name="fail">A function that fails a request and returns true, or returns false so that the endpoint answers.</param>
    /// <param name="address">The address to listen on.</param>
    public static async Task<UnreliableServer> StartAsync(Func<HttpContext, Task<bool>> fail, string address = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.Services.AddJinaEmbeddings(JinaEmbeddingModel.FromDirectory(RepositoryFiles.Path("models", "demo-en")));
        var server = new UnreliableServer(builder.Build());
        server._app.MapGet("/ready", () => "ready");
        server._app.MapJinaEmbeddings();
        server._app.Use(async (context, next) =>
        {
            if (context.Request.Path != "/ready")
            {
                Interlocked.Increment(ref server._requests);
                if (await fail(context))
                {
                    return;
                }
            }

            await next(context);
        });
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Answers all requests with the endpoint.</summary>
    public static Task<bool> Never(HttpContext context) => Task.FromResult(false);

    /// <summary>Closes the connection after the request was read, as the end of a process does.</summary>
    public static async Task<bool> ResetAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Abort();
        return true;
    }

    /// <summary>Sends the start of a response and closes the connection.</summary>
    public static async Task<bool> BreakOffAsync(HttpContext context)
    {
        // Kestrel closes the connection, because the response is shorter than its length.
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("{\"data\":[");
        return true;
    }

    /// <summary>Answers 503, as a server whose queue is full.</summary>
    /// <param name="context">The request.</param>
    /// <param name="retryAfter">The header <c>Retry-After</c>, if there is one.</param>
    public static async Task<bool> RejectAsync(HttpContext context, string? retryAfter = null)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = retryAfter;
        await context.Response.WriteAsJsonAsync(new { error = new { message = "The queue is full.", type = "server_error" } });
        return true;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
