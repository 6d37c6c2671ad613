using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jina.Extensions.AI.DependencyInjection;

/// <summary>Reports the state of a model without loading it.</summary>
internal sealed class ModelHealthCheck(IServiceProvider provider, object? serviceKey) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var generator = provider.GetJinaGenerator(serviceKey);
        var (name, status) = (generator.Model.Name, generator.Status);
        var data = new Dictionary<string, object>
        {
            ["model"] = name,
            ["state"] = status.State.ToString(),
            ["active_requests"] = status.ActiveRequests,
            ["queued_texts"] = status.QueuedTexts,
            ["queued_tokens"] = status.QueuedTokens,
        };
        return Task.FromResult(status.State switch
        {
            JinaModelState.Ready => HealthCheckResult.Healthy($"{name} is ready. {status.QueuedTexts} texts are queued.", data),
            JinaModelState.Loading => HealthCheckResult.Degraded($"{name} is loading.", data: data),
            JinaModelState.NotLoaded => HealthCheckResult.Degraded(
                $"{name} is not loaded. The first request loads it. To load it when the host starts, call AddJinaEmbeddingsWarmUp.",
                data: data),
            _ => new HealthCheckResult(
                context.Registration.FailureStatus,
                $"{name} could not be loaded: {status.Failure?.Message} The next request tries again.",
                status.Failure,
                data),
        });
    }
}
