using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jina.Extensions.AI.DependencyInjection;

/// <summary>Tells how far a model is, without loading it.</summary>
internal sealed class ModelHealthCheck(IServiceProvider provider, object? serviceKey) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var generator = provider.GetJinaGenerator(serviceKey);
        var status = generator.Status;
        var data = new Dictionary<string, object>
        {
            ["model"] = generator.Model.Name,
            ["state"] = status.State.ToString(),
            ["active_calls"] = status.ActiveCalls,
            ["queued_texts"] = status.QueuedTexts,
            ["queued_tokens"] = status.QueuedTokens,
        };
        return Task.FromResult(status.State switch
        {
            JinaModelState.Ready => HealthCheckResult.Healthy($"{generator.Model.Name} is ready; {status.QueuedTexts} texts wait.", data),
            JinaModelState.Loading => HealthCheckResult.Degraded($"{generator.Model.Name} is loading.", data: data),
            JinaModelState.NotLoaded => HealthCheckResult.Degraded($"{generator.Model.Name} is not loaded; the first call loads it, or AddJinaEmbeddingsWarmUp when the host starts.", data: data),
            _ => new HealthCheckResult(context.Registration.FailureStatus, $"{generator.Model.Name} could not be loaded: {status.Failure?.Message} The next call tries again.", status.Failure, data),
        });
    }
}
