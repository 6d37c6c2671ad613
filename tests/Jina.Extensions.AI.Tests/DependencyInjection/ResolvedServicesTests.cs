using Jina.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.Tokenizers;

namespace Jina.Extensions.AI.Tests.DependencyInjection;

/// <summary>The services that a registered model adds beside the generator interfaces.</summary>
public sealed class ResolvedServicesTests
{
    private readonly ServiceCollection _services = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("demo")]
    public async Task The_generator_is_the_one_inside_the_pipeline(string? key)
    {
        _services.AddLogging();
        _services.AddKeyedJinaEmbeddings(key, DemoModel.Model).UseLogging();
        await using var provider = _services.BuildServiceProvider();

        var generator = provider.GetRequiredKeyedService<JinaEmbeddingGenerator>(key);
        var pipeline = provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(key);

        Assert.NotSame(generator, pipeline);
        Assert.Same(generator, pipeline.GetService<JinaEmbeddingGenerator>());
        Assert.Same(generator, provider.GetRequiredKeyedService<JinaEmbeddingGenerator>(key));
        Assert.Equal((DemoModel.Model, key), (generator.Model, generator.ServiceKey));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("demo")]
    public async Task Classes_are_injected_by_their_constructors(string? key)
    {
        _services.AddKeyedJinaEmbeddings("demo", DemoModel.Model);
        _services.AddJinaEmbeddings(DemoModel.Model);
        _services.AddSingleton<Consumer>().AddSingleton<KeyedConsumer>();
        await using var provider = _services.BuildServiceProvider();

        var consumer = key is null ? provider.GetRequiredService<Consumer>() : provider.GetRequiredService<KeyedConsumer>();

        var chunk = Assert.Single(consumer.Chunker.Split("Rain and wind."));
        Assert.Equal("Rain and wind.".Length, chunk.End);
        Assert.Equal(consumer.Tokenizer.CountTokens("Rain and wind."), consumer.BaseTokenizer.CountTokens("Rain and wind."));
        Assert.Same(consumer.Tokenizer, consumer.BaseTokenizer);
        Assert.Same(consumer.Generator, provider.GetRequiredKeyedService<JinaEmbeddingGenerator>(key));
        Assert.Same(consumer.Tokenizer, await consumer.Generator.GetTokenizerAsync(Token));
        Assert.Equal(JinaModelState.NotLoaded, consumer.Generator.Status.State);
    }

    [Fact]
    public async Task The_tokenizer_has_the_settings_of_the_model()
    {
        _services.AddJinaEmbeddings(DemoModel.Model);
        _services.Configure<JinaEmbeddingOptions>(options => (options.MaxTokens, options.SpecialTokensAsText) = (17, true));
        await using var provider = _services.BuildServiceProvider();

        var tokenizer = provider.GetRequiredService<T5Tokenizer>();

        Assert.Equal(17, tokenizer.MaxTokens);
        Assert.DoesNotContain(tokenizer.EndOfSequenceId, tokenizer.Encode("</s>").Ids.SkipLast(1));
    }

    [Fact]
    public async Task A_tokenizer_or_chunker_of_the_application_is_used()
    {
        using var file = File.OpenRead(Path.Combine(DemoModel.Folder, "spiece.model"));
        var tokenizer = T5Tokenizer.Create(file);
        var chunker = new TokenChunker(tokenizer, 32, 0);
        _services.AddSingleton<Tokenizer>(tokenizer).AddSingleton(chunker);
        _services.AddJinaEmbeddings(DemoModel.Model);
        await using var provider = _services.BuildServiceProvider();

        Assert.Same(tokenizer, provider.GetRequiredService<Tokenizer>());
        Assert.Same(chunker, provider.GetRequiredService<TokenChunker>());
        Assert.NotSame(tokenizer, provider.GetRequiredService<T5Tokenizer>());
    }

    [Fact]
    public async Task A_tokenizer_that_needs_a_download_is_not_resolved_and_the_message_names_the_next_step()
    {
        using var folder = new TemporaryFolder();
        _services.AddJinaEmbeddings(JinaEmbeddingModel.FromDirectory(folder.Path));
        await using var provider = _services.BuildServiceProvider();

        var errors = new[] { typeof(T5Tokenizer), typeof(Tokenizer), typeof(TokenChunker) }
            .Select(type => Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService(type)));

        Assert.All(errors, error => Assert.Equal(
            $"The tokenizer of {Path.GetFileName(folder.Path)} cannot be read: "
            + "the files of the model are not on this machine or not valid. "
            + "Warm up the model before resolving its tokenizer or chunker (AddJinaEmbeddingsWarmUp), "
            + "or await JinaEmbeddingGenerator.GetTokenizerAsync(), which downloads the files and reports what is wrong with them.",
            error.Message));

        DemoModelCopy.To(folder);
        Assert.NotEmpty(provider.GetRequiredService<TokenChunker>().Split("a"));
    }

    [Fact]
    public async Task A_model_that_is_registered_twice_has_one_generator()
    {
        _services.AddJinaEmbeddings(options => options.MaxTokens = 9);
        _services.AddJinaEmbeddings(options => options.Model = DemoModel.Model);
        await using var provider = _services.BuildServiceProvider();

        var pipelines = provider.GetServices<IEmbeddingGenerator<string, Embedding<float>>>();

        Assert.Equal(DemoModel.Model, Assert.Single(provider.GetServices<JinaEmbeddingGenerator>()).Model);
        Assert.All(pipelines, pipeline => Assert.Same(provider.GetRequiredService<JinaEmbeddingGenerator>(), pipeline));
        Assert.Equal(9, provider.GetRequiredService<T5Tokenizer>().MaxTokens);
    }

    private class Consumer(JinaEmbeddingGenerator generator, T5Tokenizer tokenizer, Tokenizer baseTokenizer, TokenChunker chunker)
    {
        public JinaEmbeddingGenerator Generator { get; } = generator;

        public T5Tokenizer Tokenizer { get; } = tokenizer;

        public Tokenizer BaseTokenizer { get; } = baseTokenizer;

        public TokenChunker Chunker { get; } = chunker;
    }

    private sealed class KeyedConsumer(
        [FromKeyedServices("demo")] JinaEmbeddingGenerator generator,
        [FromKeyedServices("demo")] T5Tokenizer tokenizer,
        [FromKeyedServices("demo")] Tokenizer baseTokenizer,
        [FromKeyedServices("demo")] TokenChunker chunker) : Consumer(generator, tokenizer, baseTokenizer, chunker);
}
