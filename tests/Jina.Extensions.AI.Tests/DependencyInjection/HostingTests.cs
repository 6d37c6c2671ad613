using Jina.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Jina.Extensions.AI.Tests.DependencyInjection;

/// <summary>Warm-up, health and shutdown in a hosted app.</summary>
public sealed class HostingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Warm_models_are_ready_before_another_service_starts()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<Observer>().AddHostedService(provider => provider.GetRequiredService<Observer>());
        builder.Services.AddJinaEmbeddings(DemoModel.Model).UseLogging();
        builder.Services.AddKeyedJinaEmbeddings("second", DemoModel.Model);
        builder.Services.AddJinaEmbeddingsWarmUp();
        builder.Services.AddKeyedJinaEmbeddingsWarmUp("second");
        using var host = builder.Build();

        await host.StartAsync(Token);

        Assert.Equal([JinaModelState.Ready, JinaModelState.Ready], host.Services.GetRequiredService<Observer>().AtStart);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task A_missing_model_stops_the_start_with_a_readable_message()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddJinaEmbeddings(JinaEmbeddingModel.FromDirectory("no-such-folder"));
        builder.Services.AddJinaEmbeddingsWarmUp();
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<JinaModelException>(() => host.StartAsync(Token));

        Assert.Contains("no-such-folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warming_up_a_model_that_is_not_registered_reports_what_is_missing()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddJinaEmbeddings(DemoModel.Model);
        builder.Services.AddKeyedJinaEmbeddingsWarmUp("large");
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Token));

        Assert.Equal("No Jina model is registered with the key 'large'. Add one with AddKeyedJinaEmbeddings.", error.Message);
    }

    [Fact]
    public async Task Health_changes_from_not_loaded_to_ready()
    {
        await using var provider = Checked(DemoModel.Model);
        var health = provider.GetRequiredService<HealthCheckService>();

        var before = (await health.CheckHealthAsync(Token)).Entries["jina_embeddings"];
        await provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["a"], cancellationToken: Token);
        var after = (await health.CheckHealthAsync(Token)).Entries["jina_embeddings"];

        Assert.Equal((HealthStatus.Degraded, "NotLoaded"), (before.Status, before.Data["state"]));
        Assert.Equal((HealthStatus.Healthy, "demo-en is ready. 0 texts are queued."), (after.Status, after.Description));
        Assert.Equal(("demo-en", "Ready", 0), (after.Data["model"], after.Data["state"], after.Data["active_requests"]));
        Assert.Equal((0, 0L), (after.Data["queued_texts"], after.Data["queued_tokens"]));
        Assert.Equal(["ready"], after.Tags);
    }

    [Fact]
    public async Task Health_reports_why_a_load_failed_and_when_a_later_load_succeeds()
    {
        using var folder = new TemporaryFolder();
        await using var provider = Checked(JinaEmbeddingModel.FromDirectory(folder.Path));
        var health = provider.GetRequiredService<HealthCheckService>();
        var generator = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        var failure = await Assert.ThrowsAsync<JinaModelException>(() => generator.GenerateAsync(["a"], cancellationToken: Token));

        var failed = (await health.CheckHealthAsync(Token)).Entries["jina_embeddings"];
        DemoModelCopy.To(folder);
        await generator.GenerateAsync(["a"], cancellationToken: Token);
        var mended = (await health.CheckHealthAsync(Token)).Entries["jina_embeddings"];

        Assert.Equal((HealthStatus.Unhealthy, "Failed"), (failed.Status, failed.Data["state"]));
        Assert.Contains(failure.Message, failed.Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Healthy, mended.Status);
    }

    [Fact]
    public async Task Requests_in_flight_are_answered_when_the_host_stops()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddJinaEmbeddings(DemoModel.Model);
        builder.Services.AddJinaEmbeddingsWarmUp();
        var host = builder.Build();
        await host.StartAsync(Token);
        var generator = host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        var calls = Enumerable.Range(0, 200)
            .Select(i => generator.GenerateAsync([$"call {i}", .. DemoModel.Texts], cancellationToken: Token))
            .ToArray();

        await host.StopAsync(Token);
        await ((IAsyncDisposable)host).DisposeAsync();

        Assert.All(calls, call => Assert.True(call.IsCompletedSuccessfully));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["late"], cancellationToken: Token));
    }

    [Fact]
    public async Task A_health_check_has_the_name_status_tags_and_timeout_that_are_given()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddJinaEmbeddings(DemoModel.Model);
        services.AddKeyedJinaEmbeddings("large", JinaEmbeddingModel.FromDirectory("no-such-folder"));
        services.AddHealthChecks()
            .AddKeyedJinaEmbeddingsHealthCheck("large")
            .AddJinaEmbeddingsHealthCheck("small", HealthStatus.Degraded, ["live"], TimeSpan.FromSeconds(3))
            .AddKeyedJinaEmbeddingsHealthCheck("large", "big", HealthStatus.Degraded, ["ready"], TimeSpan.FromSeconds(5));
        await using var provider = services.BuildServiceProvider();
        var generator = provider.GetRequiredKeyedService<JinaEmbeddingGenerator>("large");
        await Assert.ThrowsAsync<JinaModelException>(() => generator.GenerateAsync(["a"], cancellationToken: Token));

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);
        var registrations = provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations;

        Assert.Equal(["jina_embeddings_large", "small", "big"], registrations.Select(registration => registration.Name));
        Assert.Equal(
            [Timeout.InfiniteTimeSpan, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5)],
            registrations.Select(registration => registration.Timeout));
        var (large, small, big) = (report.Entries["jina_embeddings_large"], report.Entries["small"], report.Entries["big"]);
        Assert.Equal((HealthStatus.Unhealthy, "no-such-folder"), (large.Status, large.Data["model"]));
        Assert.Equal((HealthStatus.Degraded, "demo-en"), (small.Status, small.Data["model"]));
        Assert.Equal((HealthStatus.Degraded, "Failed"), (big.Status, big.Data["state"]));
        Assert.Equal(["live"], small.Tags);
        Assert.Equal(["ready"], big.Tags);
    }

    private static ServiceProvider Checked(JinaEmbeddingModel model)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddJinaEmbeddings(model);
        services.AddHealthChecks().AddJinaEmbeddingsHealthCheck(tags: ["ready"]);
        return services.BuildServiceProvider();
    }

    private sealed class Observer(IServiceProvider provider) : IHostedService
    {
        public JinaModelState[] AtStart { get; private set; } = [];

        public Task StartAsync(CancellationToken cancellationToken)
        {
            string?[] keys = [null, "second"];
            AtStart = [.. keys.Select(key => provider.GetRequiredKeyedService<JinaEmbeddingGenerator>(key).Status.State)];
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
