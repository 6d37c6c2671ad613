using Jina.Embeddings.AspNetCore.Endpoints;
using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.AspNetCore.Tests.Endpoints;

/// <summary>Routes without a body handle failures as the other routes do.</summary>
public sealed class KeyedRouteTests : IDisposable
{
    private readonly LogLines _log = new();
    private readonly DefaultHttpContext _context = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_rejection_is_logged()
    {
        await HandleAsync(() => Task.CompletedTask, "a-key-of-this-test");

        Assert.Equal(StatusCodes.Status401Unauthorized, _context.Response.StatusCode);
        AssertLogged(LogLevel.Debug, "with status 401: MissingKey.");
    }

    [Fact]
    public async Task A_failure_is_logged_and_rejected()
    {
        await HandleAsync(() => throw new NotSupportedException("inner detail"));

        Assert.Equal(StatusCodes.Status500InternalServerError, _context.Response.StatusCode);
        AssertLogged(LogLevel.Error, "inner detail");
        AssertLogged(LogLevel.Debug, "with status 500: Internal.");
    }

    [Fact]
    public async Task A_client_that_disconnects_has_status_499()
    {
        _context.RequestAborted = new CancellationToken(canceled: true);

        await HandleAsync(() => Task.FromCanceled(_context.RequestAborted));

        Assert.Equal(StatusCodes.Status499ClientClosedRequest, _context.Response.StatusCode);
        AssertLogged(LogLevel.Debug, "disconnected.");
        Assert.DoesNotContain(_log.All, line => line.Level >= LogLevel.Error);
    }

    private Task HandleAsync(Func<Task> writeAsync, params string[] keys) =>
        new KeyedRoute(new ApiKeys(keys), RequestShape.Ollama, _log.CreateLogger("route")).HandleAsync(_context, writeAsync);

    private void AssertLogged(LogLevel level, string text) =>
        Assert.Contains(_log.All, line => line.Level == level && line.Text.Contains(text, StringComparison.Ordinal));
}
