using Microsoft.Extensions.Hosting;

namespace Jina.Extensions.AI.DependencyInjection;

/// <summary>Warms up a model before any other hosted service starts, including the web server.</summary>
internal sealed class WarmUpService(IServiceProvider provider, object? serviceKey) : IHostedLifecycleService
{
    /// <exception cref="JinaModelException">The model cannot be loaded, so the host does not start.</exception>
    public Task StartingAsync(CancellationToken cancellationToken) => provider.GetJinaGenerator(serviceKey).WarmUpAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
