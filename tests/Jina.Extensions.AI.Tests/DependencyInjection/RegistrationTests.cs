using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jina.Extensions.AI.Tests.DependencyInjection;

public sealed class RegistrationTests
{
    public static TheoryData<string> Forms => [.. Registrations.Keys];

    private static readonly Dictionary<string, (Action<IServiceCollection> Add, string Model)> Registrations = new()
    {
        ["no arguments"] = (services => services.AddJinaEmbeddings(), "jina-embedding-s-en-v1"),
        ["a model"] = (services => services.AddJinaEmbeddings(JinaEmbeddingModel.BaseEnV1), "jina-embedding-b-en-v1"),
        ["options"] = (services => services.AddJinaEmbeddings(o => o.Model = JinaEmbeddingModel.LargeEnV1), "jina-embedding-l-en-v1"),
        ["configuration"] = (services => services.AddJinaEmbeddings(Section(("Model", "jina-embedding-b-en-v1"))), "jina-embedding-b-en-v1"),
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_registers_both_interfaces_as_one_object(string form)
    {
        var services = new ServiceCollection();
        Registrations[form].Add(services);
        using var provider = services.BuildServiceProvider();

        var generator = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        Assert.Same(generator, provider.GetRequiredService<IEmbeddingGenerator>());
        Assert.Equal(Registrations[form].Model, generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId);
    }

    [Fact]
    public void Models_stand_side_by_side_under_keys()
    {
        var services = new ServiceCollection();
        services.AddJinaEmbeddings();
        services.AddKeyedJinaEmbeddings("large", JinaEmbeddingModel.LargeEnV1);
        services.AddKeyedJinaEmbeddings("base", o => o.Model = JinaEmbeddingModel.BaseEnV1);
        services.AddKeyedJinaEmbeddings("configured", Section(("Model", "jinaai/jina-embedding-l-en-v1")));
        using var provider = services.BuildServiceProvider();

        Assert.Equal(512, Dimensions(provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>()));
        Assert.Equal(1024, Dimensions(provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("large")));
        Assert.Equal(1024, Dimensions(provider.GetRequiredKeyedService<IEmbeddingGenerator>("large")));
        Assert.Equal(768, Dimensions(provider.GetRequiredKeyedService<IEmbeddingGenerator>("base")));
        Assert.Equal(1024, Dimensions(provider.GetRequiredKeyedService<IEmbeddingGenerator>("configured")));
    }

    [Fact]
    public async Task Middleware_and_the_generator_work_together_and_are_disposed_by_the_container()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddJinaEmbeddings(DemoModel.Model).UseLogging();
        var provider = services.BuildServiceProvider();
        var generator = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        Assert.Single(await generator.GenerateAsync(["a"], cancellationToken: TestContext.Current.CancellationToken));

        await provider.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["a"], cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Configuration_sets_every_option()
    {
        var options = new JinaEmbeddingOptions();

        AI.DependencyInjection.ConfigurationReader.Read(
            Section(("Model", DemoModel.Folder), ("CacheDirectory", "somewhere"), ("Offline", "true"), ("HubEndpoint", "https://mirror.example"), ("HubToken", "secret"), ("Normalize", "false"), ("Truncation", "throw"), ("MaxTokens", "128"), ("SpecialTokensAsText", "true"), ("PreferOnnxExport", "true"), ("Precision", "int8"), ("MaxThreads", "3"), ("MaxBatchTokens", "1024")),
            options);

        Assert.Equal(
            (DemoModel.Model, "somewhere", true, "https://mirror.example", "secret", false, TruncationPolicy.Throw, 128, true, true),
            (options.Model, options.CacheDirectory, options.Offline, options.HubEndpoint, options.HubToken, options.Normalize, options.Truncation, options.MaxTokens, options.SpecialTokensAsText, options.PreferOnnxExport));
        Assert.Equal((Precision.Int8, 3, 1024), (options.Precision, options.MaxThreads, options.MaxBatchTokens));
    }

    [Theory]
    [InlineData("Normalize", "yes", "Jina:Normalize is 'yes'; expected true or false.")]
    [InlineData("MaxTokens", "many", "Jina:MaxTokens is 'many'; expected a whole number.")]
    [InlineData("Truncation", "cut", "Jina:Truncation is 'cut'; expected Truncate or Throw.")]
    [InlineData("MaxThreads", "4.5", "Jina:MaxThreads is '4.5'; expected a whole number.")]
    [InlineData("MaxThreads", "99999999999", "Jina:MaxThreads is '99999999999'; expected a whole number.")]
    [InlineData("MaxBatchTokens", "256 tokens", "Jina:MaxBatchTokens is '256 tokens'; expected a whole number.")]
    [InlineData("Precision", "fp16", "Jina:Precision is 'fp16'; expected Fp32 or Int8.")]
    [InlineData("Model", "jina-embedding-x-en-v1", "Jina:Model is 'jina-embedding-x-en-v1'; expected a catalogue name, an existing folder, or org/name.")]
    public void A_bad_value_is_named_with_its_key(string key, string value, string message)
    {
        var services = new ServiceCollection();
        services.AddJinaEmbeddings(Section((key, value)));
        using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<ArgumentException>(() => (object)provider.GetRequiredService<IEmbeddingGenerator>());

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static int? Dimensions(IEmbeddingGenerator generator) =>
        ((EmbeddingGeneratorMetadata)generator.GetService(typeof(EmbeddingGeneratorMetadata))!).DefaultModelDimensions;

    private static IConfigurationSection Section(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create($"Jina:{pair.Key}", (string?)pair.Value)))
        .Build()
        .GetSection("Jina");
}
