using Jina.Testing;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Tokenizers;

namespace Jina.Extensions.AI.Tests;

/// <summary>Tests what Microsoft.Extensions.AI expects of every generator.</summary>
public sealed class JinaEmbeddingGeneratorTests : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private JinaEmbeddingGenerator _generator = null!;

    public async ValueTask InitializeAsync() =>
        _generator = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model, cancellationToken: Token);

    public ValueTask DisposeAsync() => _generator.DisposeAsync();

    [Fact]
    public async Task Vectors_are_in_the_order_of_the_texts()
    {
        var together = await _generator.GenerateAsync(DemoModel.Texts, cancellationToken: Token);

        Assert.Equal(DemoModel.Texts.Length, together.Count);
        for (var i = 0; i < DemoModel.Texts.Length; i++)
        {
            var alone = await _generator.GenerateVectorAsync(DemoModel.Texts[i], cancellationToken: Token);
            Tolerance.SameModel.AssertEqual(alone, together[i].Vector);
        }
    }

    [Fact]
    public async Task Concurrent_requests_give_the_same_vectors_as_one_request()
    {
        var expected = await _generator.GenerateAsync(DemoModel.Texts, cancellationToken: Token);

        var calls = Enumerable.Range(0, 100)
            .Select(i => _generator.GenerateVectorAsync(DemoModel.Texts[i % DemoModel.Texts.Length], cancellationToken: Token));
        var vectors = await Task.WhenAll(calls);

        for (var i = 0; i < vectors.Length; i++)
        {
            Tolerance.SameModel.AssertEqual(expected[i % DemoModel.Texts.Length].Vector, vectors[i]);
        }
    }

    [Fact]
    public async Task A_lazy_sequence_is_enumerated_once()
    {
        var enumerations = 0;
        IEnumerable<string> Lazily()
        {
            enumerations++;
            yield return "one";
            yield return "two";
        }

        var result = await _generator.GenerateAsync(Lazily(), cancellationToken: Token);

        Assert.Equal(2, result.Count);
        Assert.Equal(1, enumerations);
    }

    [Fact]
    public async Task A_request_without_texts_gives_no_vectors()
    {
        var result = await _generator.GenerateAsync([], cancellationToken: Token);

        Assert.Empty(result);
        Assert.Equal(0, result.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task A_result_contains_model_time_and_tokens()
    {
        var before = DateTimeOffset.UtcNow;
        var tokenizer = await _generator.GetTokenizerAsync(Token);

        var result = await _generator.GenerateAsync(DemoModel.Texts, cancellationToken: Token);

        Assert.All(result, embedding => Assert.Equal("demo-en", embedding.ModelId));
        Assert.All(result, embedding => Assert.InRange(embedding.CreatedAt!.Value, before, DateTimeOffset.UtcNow));
        Assert.Equal(DemoModel.Texts.Sum(text => tokenizer.CountTokens(text)), result.Usage!.InputTokenCount);
        Assert.Equal(result.Usage.InputTokenCount, result.Usage.TotalTokenCount);
        Assert.Equal(0, result.AdditionalProperties![JinaEmbeddingGenerator.TruncatedInputsKey]);
    }

    [Fact]
    public async Task Vectors_have_unit_length_unless_the_options_say_otherwise()
    {
        await using var raw = await JinaEmbeddingGenerator.CreateAsync(
            new JinaEmbeddingOptions { Model = DemoModel.Model, Normalize = false }, cancellationToken: Token);

        var unit = (await _generator.GenerateVectorAsync("wind", cancellationToken: Token)).ToArray();
        var reference = (await raw.GenerateVectorAsync("wind", cancellationToken: Token)).ToArray();

        var length = Math.Sqrt(reference.Sum(x => (double)x * x));
        Assert.NotEqual(1, length, 0.1);
        Tolerance.SameModel.AssertEqual(reference.Select(x => x / length).ToArray(), unit);
    }

    [Fact]
    public async Task The_message_for_a_null_text_contains_its_index()
    {
        var error = await Assert.ThrowsAsync<ArgumentNullException>(
            "values", () => _generator.GenerateAsync(["a", null!], cancellationToken: Token));
        Assert.Contains("Text 1 is null", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentNullException>("values", () => _generator.GenerateAsync(null!, cancellationToken: Token));
    }

    [Fact]
    public async Task Another_dimension_or_model_is_rejected_and_the_models_own_is_not()
    {
        var dimension = await Assert.ThrowsAsync<ArgumentException>(
            () => _generator.GenerateAsync(["a"], new EmbeddingGenerationOptions { Dimensions = 64 }, Token));
        var model = await Assert.ThrowsAsync<ArgumentException>(
            () => _generator.GenerateAsync(["a"], new EmbeddingGenerationOptions { ModelId = "text-embedding-3-small" }, Token));
        var own = new EmbeddingGenerationOptions { ModelId = "demo-en", Dimensions = DemoModel.Dimensions };

        Assert.StartsWith(
            "Dimensions 64 was requested, but the vectors of demo-en have 256 dimensions.", dimension.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "ModelId 'text-embedding-3-small' was requested, but this generator runs demo-en.", model.Message, StringComparison.Ordinal);
        Assert.Single(await _generator.GenerateAsync(["a"], own, Token));
    }

    [Fact]
    public void GetService_returns_the_parts_of_the_generator()
    {
        var metadata = _generator.GetService<EmbeddingGeneratorMetadata>();

        Assert.Equal("jina", metadata!.ProviderName);
        Assert.Null(metadata.ProviderUri);
        Assert.Equal("demo-en", metadata.DefaultModelId);
        Assert.Equal(DemoModel.Dimensions, metadata.DefaultModelDimensions);
        Assert.Same(_generator, _generator.GetService<JinaEmbeddingGenerator>());
        Assert.Same(_generator, _generator.GetService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.IsType<T5Tokenizer>(_generator.GetService<Tokenizer>());
        Assert.NotNull(_generator.GetService<InferenceSession>());
        Assert.Null(_generator.GetService<JinaEmbeddingGenerator>("key"));
        Assert.Null(_generator.GetService<string>());
        Assert.Null(_generator.GetService<object>(JinaEmbeddingGenerator.ModelIdentityKey));
        Assert.Matches("^[0-9a-f]{64}$", _generator.GetService<string>(JinaEmbeddingGenerator.ModelIdentityKey));
        Assert.Equal("Fp32", _generator.GetService<string>(JinaEmbeddingGenerator.ModelPrecisionKey));
        Assert.Throws<ArgumentNullException>(() => _generator.GetService(null!));
    }

    [Fact]
    public async Task Two_sentences_can_be_compared_in_one_line()
    {
        var vectors = await _generator.EncodeAsync(
            "how is the weather today", "What is the weather like today?", "gold prices fell");

        Assert.Equal(1, vectors[0].CosineSimilarity(vectors[0]), 1e-6);
        Assert.True(vectors[0].CosineSimilarity(vectors[1]) > vectors[0].CosineSimilarity(vectors[2]));
        Assert.True(float.IsNaN(vectors[0].CosineSimilarity(new float[DemoModel.Dimensions])));
    }
}
