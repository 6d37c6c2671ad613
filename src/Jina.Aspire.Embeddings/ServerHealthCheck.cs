using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jina.Aspire.Embeddings;

/// <summary>Requests <c>/health</c> of a server once, without the retries of the app's other HTTP clients.</summary>
internal sealed class ServerHealthCheck(string connectionName, JinaEmbeddingsClientSettings settings) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Sends the requests of all checks, without spans. Checks run as long as the app, so it is not disposed.</summary>
    private static readonly HttpMessageInvoker Invoker = new(
        new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1), ActivityHeadersPropagator = null });

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            // The address ends with v1, and health is beside it.
            var address = new Uri(settings.RequireAddress(connectionName), "health");
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = await Invoker.SendAsync(request, limit.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? HealthCheckResult.Healthy()
                : Fail(context, $"{address} returned {(int)response.StatusCode}. Expected 200. Check the log of the embeddings server.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var limitInSeconds = Timeout.TotalSeconds;
            return Fail(context, $"The embeddings server '{connectionName}' did not answer in {limitInSeconds} s. Check that it runs.");
        }
        catch (HttpRequestException e)
        {
            return Fail(context, $"The embeddings server '{connectionName}' cannot be reached: {e.Message} Check that it runs.");
        }
        catch (InvalidOperationException e)
        {
            return Fail(context, e.Message);
        }
    }

    private static HealthCheckResult Fail(HealthCheckContext context, string description) =>
        new(context.Registration.FailureStatus, description);
}
