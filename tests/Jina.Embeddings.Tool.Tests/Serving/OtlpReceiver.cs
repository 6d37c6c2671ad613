using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.Tool.Tests.Serving;

/// <summary>Runs a receiver of traces and metrics in OpenTelemetry's protocol over HTTP on the loopback address.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<(string Path, string? ContentType, byte[] Body)> _requests = new();
    private readonly SemaphoreSlim _received = new(0);

    private OtlpReceiver(WebApplication server) => _server = server;

    public string Address { get; private set; } = "";

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(builder.Build());
        receiver._server.MapPost("/v1/{signal}", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            receiver._requests.Enqueue((context.Request.Path.Value!, context.Request.ContentType, body.ToArray()));
            receiver._received.Release();

            // An empty message is a successful response.
            context.Response.ContentType = "application/x-protobuf";
        });
        await receiver._server.StartAsync();
        receiver.Address = receiver._server.Urls.Single();
        return receiver;
    }

    /// <summary>Waits until all words were received on a path. Strings in protobuf messages are plain UTF-8.</summary>
    public async Task WaitForAsync(string path, params byte[][] words)
    {
        while (!words.All(word => Received(path).Any(body => body.AsSpan().IndexOf(word) >= 0)))
        {
            await _received.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Returns the bodies that were received on a path so far.</summary>
    public IEnumerable<byte[]> Received(string path) =>
        _requests.Where(request => request.Path == path && request.ContentType == "application/x-protobuf").Select(request => request.Body);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _received.Dispose();
    }
}
