using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jina.Testing.Hub;

/// <summary>
/// Runs a hub and its content store, two servers on 127.0.0.1, that answer like the real ones and can simulate failures.
/// </summary>
public sealed class LocalHub : IAsyncDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private WebApplication _hub = null!;
    private WebApplication _store = null!;

    public string Repository { get; set; } = "org/model";

    public string Branch { get; set; } = "main";

    public string CurrentCommit { get; set; } = Commit;

    public IReadOnlyList<HubFile> Files { get; set; } = SmallCheckpoint.Files();

    public string HubAddress { get; private set; } = null!;

    public string StoreAddress { get; private set; } = null!;

    public ConcurrentQueue<HubRequest> Requests { get; } = new();

    /// <summary>Gets or sets a handler that can answer instead of the hub. It returns whether it answered.</summary>
    public Func<HttpContext, Task<bool>> OnHub { get; set; } = _ => Task.FromResult(false);

    /// <summary>Gets or sets a handler that can answer instead of the store. It returns whether it answered.</summary>
    public Func<HttpContext, HubFile, Task<bool>> OnStore { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Gets or sets an action that changes the headers of the hub's answers.</summary>
    public Action<HttpContext> EditHeaders { get; set; } = _ => { };

    public HubFile Weights => Files.Single(file => file.Path == SmallCheckpoint.Weights);

    public static async Task<LocalHub> StartAsync()
    {
        var hub = new LocalHub();
        (hub._store, hub.StoreAddress) = await StartAsync(hub.AnswerAsStoreAsync);
        (hub._hub, hub.HubAddress) = await StartAsync(hub.AnswerAsHubAsync);
        return hub;
    }

    public int CountOf(string method, string path) =>
        Requests.Count(
            request => request.Method == method
                && request.Path.EndsWith(path, StringComparison.Ordinal)
                && (method == "HEAD" || request.Server == "store"));

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static async Task<(WebApplication Server, string Address)> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.Run(answer);
        await server.StartAsync();
        var addresses = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        return (server, addresses.Addresses.Single());
    }

    private async Task AnswerAsHubAsync(HttpContext context)
    {
        Record("hub", context);
        if (await OnHub(context))
        {
            return;
        }

        // {repository}/resolve/{revision}/{file}
        var parts = context.Request.Path.Value!.Split("/resolve/", 2);
        var (revision, path) =
            parts.Length == 2 && parts[1].Split('/', 2) is [var first, var rest] ? (Uri.UnescapeDataString(first), rest) : ("", "");
        if (parts[0].TrimStart('/') != Repository)
        {
            Reject(context, StatusCodes.Status401Unauthorized, "RepoNotFound");
            return;
        }

        if (revision != Branch && revision != CurrentCommit)
        {
            Reject(context, StatusCodes.Status404NotFound, "RevisionNotFound");
            return;
        }

        context.Response.Headers["X-Repo-Commit"] = CurrentCommit;
        if (Files.FirstOrDefault(file => file.Path == path) is not { } file)
        {
            Reject(context, StatusCodes.Status404NotFound, "EntryNotFound");
            return;
        }

        if (!file.IsLarge)
        {
            context.Response.Headers.ETag = $"\"{file.Digest}\"";
            EditHeaders(context);
            await SendAsync(context, file);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers["X-Linked-Size"] = $"{file.Content.Length}";
        context.Response.Headers["X-Linked-ETag"] = $"\"{file.Digest}\"";
        context.Response.Headers.Location = $"{StoreAddress}/content/{file.Digest}/{path}?signature=secret-of-the-store";
        EditHeaders(context);
    }

    private async Task AnswerAsStoreAsync(HttpContext context)
    {
        Record("store", context);
        var path = context.Request.Path.Value!;
        var file = Files.First(file => path.EndsWith('/' + file.Path, StringComparison.Ordinal));
        context.Response.Headers.ETag = "\"an-opaque-mark-of-the-store\"";
        if (!await OnStore(context, file))
        {
            await SendAsync(context, file);
        }
    }

    /// <summary>Sends a file from the requested offset, like a correct server.</summary>
    public static async Task SendAsync(HttpContext context, HubFile file, int? endAt = null)
    {
        var offset = OffsetOf(context);
        var length = file.Content.Length;
        context.Response.ContentType ??= "application/octet-stream";
        if (offset > 0)
        {
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.Headers.ContentRange = $"bytes {offset}-{length - 1}/{length}";
        }

        context.Response.ContentLength ??= length - offset;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(file.Content.AsMemory(offset, (endAt ?? length) - offset));
        }
    }

    public static int OffsetOf(HttpContext context) =>
        (int)(context.Request.GetTypedHeaders().Range?.Ranges.Single().From ?? 0);

    /// <summary>Sends a file up to a byte and then aborts the connection.</summary>
    public static async Task CutAsync(HttpContext context, HubFile file, int endAt)
    {
        await SendAsync(context, file, endAt);
        await context.Response.Body.FlushAsync();

        // Kestrel sends the buffered bytes before it closes. An immediate abort could lose them.
        await Task.Delay(20);
        context.Abort();
    }

    private static void Reject(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.Headers["X-Error-Code"] = code;
    }

    private void Record(string server, HttpContext context)
    {
        var request = context.Request;
        Requests.Enqueue(new(server, request.Method, request.Path.Value!, request.Headers.Range, request.Headers.Authorization));
    }
}
