using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Jina.Extensions.AI.Tests.DependencyInjection;

/// <summary>All problems of all models are reported in one exception, whichever model is resolved first.</summary>
public sealed class StartValidationTests
{
    private static readonly string[] AllProblems =
    [
        "Jina:Offline is 'maybe'; expected true or false.",
        "Jina:MaxThreads is 0; expected at least 1 thread, or nothing for one per processor.",
        "Jina:PreferOnnxExport is true, but Precision is Int8; expected only one of them, because an ONNX export has its own precision.",
        "Jina:Truncation is 'cut'; expected Truncate or Throw.",
        "Jina:MaxTokens is 0; expected at least 1 token, or nothing for the model's own limit.",
        "JinaEmbeddingOptions 'code'.MaxBatchTokens is 0; expected at least 1 token, or nothing for the default.",
    ];

    private readonly HostApplicationBuilder _builder = Host.CreateEmptyApplicationBuilder(settings: null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_does_not_start_and_lists_all_problems_of_all_models()
    {
        AddMisconfiguredModels();
        using var host = _builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Equal(AllProblems, error.Failures);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("large")]
    [InlineData("code")]
    public async Task A_hosted_service_that_injects_a_generator_does_not_hide_the_problems_of_the_others(string? key)
    {
        AddMisconfiguredModels();
        _builder.Services.AddHostedService(provider => new Consumer(provider.GetRequiredKeyedService<JinaEmbeddingGenerator>(key)));
        using var host = _builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Equal(AllProblems, error.Failures);
        Assert.All(AllProblems, problem => Assert.Contains(problem, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hosted_service_that_injects_a_valid_model_does_not_hide_the_problems_of_the_others()
    {
        _builder.Services.AddJinaEmbeddings(DemoModel.Model);
        _builder.Services.AddKeyedJinaEmbeddings("large", options => options.MaxThreads = 0);
        _builder.Services.AddHostedService(provider => new Consumer(provider.GetRequiredService<JinaEmbeddingGenerator>()));
        using var host = _builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Equal(
            ["JinaEmbeddingOptions 'large'.MaxThreads is 0; expected at least 1 thread, or nothing for one per processor."],
            error.Failures);
    }

    [Fact]
    public void Without_a_host_the_first_resolution_lists_all_problems_of_all_models()
    {
        AddMisconfiguredModels();
        using var provider = _builder.Services.BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(
            () => (object)provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("code"));

        Assert.Equal(AllProblems, error.Failures);
    }

    [Fact]
    public void Without_a_host_a_valid_model_can_be_used_beside_a_misconfigured_one()
    {
        var services = new ServiceCollection();
        services.AddJinaEmbeddings(DemoModel.Model);
        services.AddKeyedJinaEmbeddings("large", options => options.MaxThreads = 0);
        using var provider = services.BuildServiceProvider();

        Assert.Equal(DemoModel.Model, provider.GetRequiredService<JinaEmbeddingGenerator>().Model);
    }

    [Fact]
    public async Task Validators_of_the_application_are_reported_too()
    {
        _builder.Services.AddJinaEmbeddings(options => options.MaxThreads = 0);
        _builder.Services.AddKeyedJinaEmbeddings("large", JinaEmbeddingModel.LargeEnV1);
        _builder.Services.AddOptions<JinaEmbeddingOptions>("large").Validate(options => options.MaxThreads == 2, "Use two threads.");
        using var host = _builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Equal(
            ["JinaEmbeddingOptions.MaxThreads is 0; expected at least 1 thread, or nothing for one per processor.", "Use two threads."],
            error.Failures);
    }

    [Fact]
    public async Task An_exception_of_a_callback_does_not_hide_the_problems_of_other_models()
    {
        _builder.Services.AddJinaEmbeddings(options => options.MaxThreads = 0);
        _builder.Services.AddKeyedJinaEmbeddings("large", _ => throw new FormatException("The setting is broken."));
        using var host = _builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Equal(
            [
                "JinaEmbeddingOptions.MaxThreads is 0; expected at least 1 thread, or nothing for one per processor.",
                "JinaEmbeddingOptions 'large' cannot be configured: The setting is broken.",
            ],
            error.Failures);
    }

    private void AddMisconfiguredModels()
    {
        _builder.Services.AddJinaEmbeddings(
            Settings.Section(("Offline", "maybe"), ("MaxThreads", "0"), ("Precision", "int8"), ("PreferOnnxExport", "true")));
        _builder.Services.AddKeyedJinaEmbeddings("large", Settings.Section(("Truncation", "cut"), ("MaxTokens", "0")));
        _builder.Services.AddKeyedJinaEmbeddings("code", options => options.MaxBatchTokens = 0);
    }

    private sealed class Consumer(JinaEmbeddingGenerator generator) : IHostedService
    {
        public JinaEmbeddingGenerator Generator { get; } = generator;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
