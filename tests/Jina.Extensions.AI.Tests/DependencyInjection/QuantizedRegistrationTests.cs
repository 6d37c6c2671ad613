using Jina.Extensions.AI.Tests.EmbeddingQuantization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Jina.Extensions.AI.Tests.DependencyInjection;

public sealed class QuantizedRegistrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("demo")]
    public async Task Both_resolve_on_top_of_the_registered_floats(string? key)
    {
        var services = new ServiceCollection();
        services.AddKeyedInt8Embeddings(key);
        services.AddKeyedBinaryEmbeddings(key);
        services.AddKeyedJinaEmbeddings(key, DemoModel.Model);
        await using var provider = services.BuildServiceProvider();
        var floats = provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(key);
        var int8 = provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<sbyte>>>(key);
        var binary = provider.GetRequiredKeyedService<IEmbeddingGenerator<string, BinaryEmbedding>>(key);

        Assert.Equal(DemoModel.Dimensions, (await int8.GenerateAsync("a", cancellationToken: Token)).Dimensions);
        Assert.Equal(DemoModel.Dimensions, (await binary.GenerateAsync("a", cancellationToken: Token)).Dimensions);
        Assert.Same(floats, int8.GetService<JinaEmbeddingGenerator>());
        Assert.Same(floats, binary.GetService<JinaEmbeddingGenerator>());
        Assert.Same(int8, provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<sbyte>>>(key));
        Assert.Same(binary, provider.GetRequiredKeyedService<IEmbeddingGenerator<string, BinaryEmbedding>>(key));
    }

    [Fact]
    public void Each_key_has_its_own_floats()
    {
        var services = new ServiceCollection();
        services.AddJinaEmbeddings();
        services.AddInt8Embeddings();
        services.AddBinaryEmbeddings();
        services.AddKeyedJinaEmbeddings("large", JinaEmbeddingModel.LargeEnV1);
        services.AddKeyedInt8Embeddings("large");
        using var provider = services.BuildServiceProvider();

        Assert.Equal(512, Dimensions(provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<sbyte>>>()));
        Assert.Equal(512, Dimensions(provider.GetRequiredService<IEmbeddingGenerator<string, BinaryEmbedding>>()));
        Assert.Equal(1024, Dimensions(provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<sbyte>>>("large")));
        Assert.Null(provider.GetKeyedService<IEmbeddingGenerator<string, BinaryEmbedding>>("large"));
    }

    [Fact]
    public void Vector_stores_still_find_the_floats()
    {
        var services = new ServiceCollection();
        services.AddJinaEmbeddings();
        services.AddInt8Embeddings();
        services.AddBinaryEmbeddings();
        using var provider = services.BuildServiceProvider();

        Assert.IsType<JinaEmbeddingGenerator>(provider.GetRequiredService<IEmbeddingGenerator>());
    }

    [Fact]
    public async Task Disposing_a_quantizing_generator_does_not_dispose_the_floats_of_the_container()
    {
        var floats = new FixedFloats([1]);
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(_ => floats);
        services.AddInt8Embeddings().UseLogging();
        services.AddBinaryEmbeddings();
        services.AddLogging();
        var provider = services.BuildServiceProvider();
        var int8 = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<sbyte>>>();
        var binary = provider.GetRequiredService<IEmbeddingGenerator<string, BinaryEmbedding>>();

        int8.Dispose();
        binary.Dispose();

        Assert.Equal((0, 0), (floats.Disposals, floats.AsyncDisposals));
        Assert.Single(await int8.GenerateAsync(["a"], cancellationToken: Token));
        await provider.DisposeAsync();
        Assert.Equal((0, 1), (floats.Disposals, floats.AsyncDisposals));
    }

    [Fact]
    public void Missing_floats_are_named_with_the_next_step()
    {
        var services = new ServiceCollection();
        services.AddInt8Embeddings();
        services.AddKeyedBinaryEmbeddings("large");
        using var provider = services.BuildServiceProvider();
        object Resolve<T>(string? key)
            where T : notnull => provider.GetRequiredKeyedService<T>(key);

        Assert.Equal(
            "No IEmbeddingGenerator<string, Embedding<float>> to quantize is registered. Add one, e.g. with AddJinaEmbeddings.",
            Assert.Throws<InvalidOperationException>(() => Resolve<IEmbeddingGenerator<string, Embedding<sbyte>>>(null)).Message);
        Assert.Equal(
            "No IEmbeddingGenerator<string, Embedding<float>> to quantize is registered with the key 'large'. "
            + "Add one, e.g. with AddKeyedJinaEmbeddings.",
            Assert.Throws<InvalidOperationException>(() => Resolve<IEmbeddingGenerator<string, BinaryEmbedding>>("large")).Message);
    }

    private static int? Dimensions(IEmbeddingGenerator generator) =>
        ((EmbeddingGeneratorMetadata)generator.GetService(typeof(EmbeddingGeneratorMetadata))!).DefaultModelDimensions;
}
