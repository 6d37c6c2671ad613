using Jina.Extensions.AI.Tests.Diagnostics;
using Jina.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace Jina.Extensions.AI.Tests.Caching;

/// <summary>The cache of embeddings, in front of a real model.</summary>
public sealed class EmbeddingCacheTests : IDisposable
{
    private readonly RecordingCache _cache = new();
    private readonly Measurements _measurements = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Settings => [.. Changes.Keys];

    private static readonly Dictionary<string, Action<JinaEmbeddingOptions>> Changes = new()
    {
        ["precision"] = options => options.Precision = Precision.Int8,
        ["normalization"] = options => options.Normalize = false,
        ["limit"] = options => options.MaxTokens = 9,
        ["special tokens"] = options => options.SpecialTokensAsText = true,
    };

    public void Dispose() => _measurements.Dispose();

    [Fact]
    public async Task A_second_request_runs_no_inference_and_returns_the_same_result()
    {
        using var generator = Cached(new JinaEmbeddingOptions { MaxTokens = 16 });
        var first = await generator.GenerateAsync(DemoModel.Texts, cancellationToken: Token);
        var ran = TextsRun;

        var second = await generator.GenerateAsync(DemoModel.Texts.Reverse(), cancellationToken: Token);

        Assert.Equal(DemoModel.Texts.Length, ran);
        Assert.Equal(ran, TextsRun);
        Assert.Equal(Vectors(first), Vectors(second).Reverse());
        Assert.Equal(first.Usage!.InputTokenCount, second.Usage!.InputTokenCount);
        Assert.All([first, second], result => Assert.Equal(1, result.AdditionalProperties![JinaEmbeddingGenerator.TruncatedInputsKey]));
        Assert.All(second, embedding => Assert.Equal(("demo-en", true), (embedding.ModelId, embedding.CreatedAt is not null)));
        Assert.Equal(6, _measurements.Of("jina.embeddings.cache.hits").Sum());
        Assert.Equal(6, _measurements.Of("jina.embeddings.cache.misses").Sum());
    }

    [Fact]
    public async Task A_cached_result_equals_that_of_a_generator_without_a_cache()
    {
        using var plain = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });
        using var generator = Cached(new JinaEmbeddingOptions());
        string[] texts = [DemoModel.Texts[0], .. DemoModel.Texts, DemoModel.Texts[0]];
        await generator.GenerateAsync(texts[2..4], cancellationToken: Token);

        var actual = await generator.GenerateAsync(texts, cancellationToken: Token);
        var expected = await plain.GenerateAsync(texts, cancellationToken: Token);

        Assert.All(expected.Zip(actual), pair => Tolerance.Reference.AssertEqual(pair.First.Vector, pair.Second.Vector));
        Assert.Equal(expected.Usage!.InputTokenCount, actual.Usage!.InputTokenCount);
        Assert.Equal(DemoModel.Texts.Length, TextsRun);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Vectors_of_different_settings_have_different_entries(string name)
    {
        var changed = new JinaEmbeddingOptions();
        Changes[name](changed);
        using var one = Cached(new JinaEmbeddingOptions());
        using var other = Cached(changed);

        await one.GenerateAsync(["rain </s>"], cancellationToken: Token);
        await other.GenerateAsync(["rain </s>"], cancellationToken: Token);

        Assert.Equal(2, _cache.Entries.Count);
    }

    [Fact]
    public async Task A_request_for_raw_vectors_does_not_get_unit_vectors()
    {
        using var generator = Cached(new JinaEmbeddingOptions());
        var raw = new EmbeddingGenerationOptions
        {
            AdditionalProperties = new() { [JinaEmbeddingGenerator.NormalizeKey] = false },
        };

        var unit = await generator.GenerateVectorAsync("rain", cancellationToken: Token);

        Assert.NotEqual(unit.ToArray(), (await generator.GenerateVectorAsync("rain", raw, Token)).ToArray());
        Assert.Equal(unit.ToArray(), (await generator.GenerateVectorAsync("rain", cancellationToken: Token)).ToArray());
    }

    [Fact]
    public async Task A_model_directory_is_identified_by_its_contents_and_not_by_its_name()
    {
        using var copy = new TemporaryFolder();
        DemoModelCopy.To(copy);
        using var one = Cached(new JinaEmbeddingOptions());
        await one.GenerateAsync(["rain"], cancellationToken: Token);
        var model = JinaEmbeddingModel.FromDirectory(copy.Path);
        using (var same = Cached(new JinaEmbeddingOptions { Model = model }))
        {
            await same.GenerateAsync(["rain"], cancellationToken: Token);
        }

        Assert.Equal(1, TextsRun);

        File.Delete(copy.File("modules.json"));
        using var other = Cached(new JinaEmbeddingOptions { Model = model });
        await other.GenerateAsync(["rain"], cancellationToken: Token);
        Assert.Equal(2, TextsRun);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_rejected_by_its_position_even_if_it_is_cached()
    {
        using var generator = Cached(new JinaEmbeddingOptions { MaxTokens = 8 });
        var reject = new EmbeddingGenerationOptions
        {
            AdditionalProperties = new() { [JinaEmbeddingGenerator.TruncationKey] = TruncationPolicy.Throw },
        };
        string[] texts = ["rain", "snow", "a b c d e f g h i j k", "hail"];

        var first = await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(texts, reject, Token));
        await generator.GenerateAsync(texts, cancellationToken: Token);
        var cached = await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(texts, reject, Token));

        Assert.StartsWith("Text 2 has", first.Message, StringComparison.Ordinal);
        Assert.StartsWith("Text 2 has", cached.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_that_the_model_rejects_are_rejected_even_if_all_texts_are_cached()
    {
        using var generator = Cached(new JinaEmbeddingOptions());
        await generator.GenerateAsync(["rain"], cancellationToken: Token);

        await Assert.ThrowsAsync<ArgumentException>(
            () => generator.GenerateAsync(["rain"], new EmbeddingGenerationOptions { Dimensions = 7 }, Token));
        await Assert.ThrowsAsync<ArgumentException>(
            () => generator.GenerateAsync(["rain"], new EmbeddingGenerationOptions { ModelId = "other" }, Token));
        await Assert.ThrowsAsync<ArgumentNullException>(() => generator.GenerateAsync(["rain", null!], cancellationToken: Token));
        Assert.Single(await generator.GenerateAsync(["rain"], new EmbeddingGenerationOptions { Dimensions = DemoModel.Dimensions }, Token));
    }

    [Fact]
    public async Task If_the_cache_fails_the_vectors_are_computed()
    {
        using var generator = Cached(new JinaEmbeddingOptions());
        _cache.Failure = new TimeoutException("The cache does not answer.");

        var result = await generator.GenerateAsync(DemoModel.Texts, cancellationToken: Token);

        Assert.Equal(DemoModel.Texts.Length, result.Count);
    }

    [Fact]
    public async Task A_damaged_entry_is_computed_again()
    {
        using var generator = Cached(new JinaEmbeddingOptions());
        var expected = await generator.GenerateVectorAsync("rain", cancellationToken: Token);
        var key = _cache.Entries.Keys.Single();
        _cache.Entries[key] = _cache.Entries[key][..20];

        Assert.Equal(expected.ToArray(), (await generator.GenerateVectorAsync("rain", cancellationToken: Token)).ToArray());
        Assert.Equal(10 + (4 * DemoModel.Dimensions), _cache.Entries[key].Length);
    }

    [Fact]
    public async Task Texts_that_differ_in_half_a_surrogate_pair_have_different_entries()
    {
        using var generator = Cached(new JinaEmbeddingOptions());

        await generator.GenerateAsync(["\ud83d", "\ude00", "\ud83d\ude00", string.Empty, " "], cancellationToken: Token);

        Assert.Equal(5, _cache.Entries.Count);
    }

    [Fact]
    public async Task Cancellation_is_not_a_failure_of_the_cache()
    {
        using var generator = Cached(new JinaEmbeddingOptions());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => generator.GenerateAsync(["rain"], cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Another_generator_is_rejected_with_the_next_step()
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator<string, Embedding<float>>(_ => new OtherGenerator()).UseJinaEmbeddingCache(_cache);
        using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<InvalidOperationException>(() => (object)provider.GetRequiredService<IEmbeddingGenerator>());

        Assert.Equal(
            "The cache keys depend on the settings of a Jina model, but this pipeline does not contain a JinaEmbeddingGenerator. "
            + "Use UseDistributedCache for other generators.",
            error.Message);
    }

    [Fact]
    public async Task The_cache_of_the_container_is_the_default()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IDistributedCache>(_cache);
        services.AddJinaEmbeddings(DemoModel.Model).UseJinaEmbeddingCache();
        await using var provider = services.BuildServiceProvider();

        var generator = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        await generator.GenerateAsync(["rain"], cancellationToken: Token);

        Assert.Single(_cache.Entries);
    }

    private double TextsRun => _measurements.Of("jina.embeddings.batch.texts").Sum();

    private IEmbeddingGenerator<string, Embedding<float>> Cached(JinaEmbeddingOptions options)
    {
        options.Model = options.Model == JinaEmbeddingModel.SmallEnV1 ? DemoModel.Model : options.Model;
        return new JinaEmbeddingGenerator(options, meterFactory: _measurements).AsBuilder().UseJinaEmbeddingCache(_cache).Build();
    }

    private static float[][] Vectors(IEnumerable<Embedding<float>> embeddings) =>
        [.. embeddings.Select(embedding => embedding.Vector.ToArray())];

    private sealed class OtherGenerator : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>());

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
