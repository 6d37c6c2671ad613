using Microsoft.Extensions.AI;
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
        ["configuration"] =
            (services => services.AddJinaEmbeddings(Settings.Section(("Model", "jina-embedding-b-en-v1"))), "jina-embedding-b-en-v1"),
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
    public void Several_models_are_registered_under_keys()
    {
        var services = new ServiceCollection();
        services.AddJinaEmbeddings();
        services.AddKeyedJinaEmbeddings("large", JinaEmbeddingModel.LargeEnV1);
        services.AddKeyedJinaEmbeddings("base", o => o.Model = JinaEmbeddingModel.BaseEnV1);
        services.AddKeyedJinaEmbeddings("configured", Settings.Section(("Model", "jinaai/jina-embedding-l-en-v1")));
        using var provider = services.BuildServiceProvider();

        Assert.Equal(512, Dimensions(provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>()));
        Assert.Equal(1024, Dimensions(provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("large")));
        Assert.Equal(1024, Dimensions(provider.GetRequiredKeyedService<IEmbeddingGenerator>("large")));
        Assert.Equal(768, Dimensions(provider.GetRequiredKeyedService<IEmbeddingGenerator>("base")));
        Assert.Equal(1024, Dimensions(provider.GetRequiredKeyedService<IEmbeddingGenerator>("configured")));
    }

    [Fact]
    public void Keys_of_other_types_than_strings_are_told_apart()
    {
        var services = new ServiceCollection();
        services.AddKeyedJinaEmbeddings("1", JinaEmbeddingModel.BaseEnV1);
        services.AddKeyedJinaEmbeddings(1, JinaEmbeddingModel.LargeEnV1);
        using var provider = services.BuildServiceProvider();

        Assert.Equal(768, Dimensions(provider.GetRequiredKeyedService<IEmbeddingGenerator>("1")));
        Assert.Equal(1024, Dimensions(provider.GetRequiredKeyedService<IEmbeddingGenerator>(1)));
    }

    [Fact]
    public async Task Middleware_and_the_generator_work_together_and_are_disposed_by_the_container()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddJinaEmbeddings(DemoModel.Model).UseLogging();
        var provider = services.BuildServiceProvider();
        var generator = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        var token = TestContext.Current.CancellationToken;

        Assert.Single(await generator.GenerateAsync(["a"], cancellationToken: token));

        await provider.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["a"], cancellationToken: token));
    }

    private static int? Dimensions(IEmbeddingGenerator generator) =>
        ((EmbeddingGeneratorMetadata)generator.GetService(typeof(EmbeddingGeneratorMetadata))!).DefaultModelDimensions;
}
