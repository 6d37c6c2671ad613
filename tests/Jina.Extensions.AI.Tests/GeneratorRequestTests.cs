using System.Numerics.Tensors;
using System.Text.Json.Nodes;
using Jina.Testing;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests;

/// <summary>Tests the options of one request.</summary>
public sealed class GeneratorRequestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_chooses_whether_its_vectors_are_normalized_and_concurrent_requests_are_not_affected()
    {
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });
        await using var raw = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model, Normalize = false });
        var expected = await raw.GenerateVectorAsync("rain", cancellationToken: Token);

        var calls = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            generator.GenerateVectorAsync("rain", i % 2 == 0 ? With(JinaEmbeddingGenerator.NormalizeKey, false) : null, Token)));

        Assert.All(calls.Where((_, i) => i % 2 == 0), vector => Tolerance.Reference.AssertEqual(expected, vector));
        Assert.All(calls.Where((_, i) => i % 2 == 1), vector => Assert.Equal(1, TensorPrimitives.Norm(vector.Span), 1e-5));
        var normalized = await raw.GenerateVectorAsync("rain", With(JinaEmbeddingGenerator.NormalizeKey, true), Token);
        Tolerance.Reference.AssertEqual(calls[1], normalized);
    }

    [Fact]
    public async Task A_checkpoint_that_normalizes_does_so_even_if_a_request_says_otherwise()
    {
        using var folder = new TemporaryFolder();
        DemoModelCopy.To(folder);
        var modules = JsonNode.Parse(await File.ReadAllTextAsync(folder.File("modules.json"), Token))!.AsArray();
        modules.Add(new JsonObject
        {
            ["idx"] = modules.Count,
            ["name"] = "norm",
            ["path"] = "2_Normalize",
            ["type"] = "sentence_transformers.models.Normalize",
        });
        await File.WriteAllTextAsync(folder.File("modules.json"), modules.ToJsonString(), Token);
        var model = JinaEmbeddingModel.FromDirectory(folder.Path);
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = model, Normalize = false });

        var vector = await generator.GenerateVectorAsync("rain", With(JinaEmbeddingGenerator.NormalizeKey, false), Token);

        Assert.Equal(1, TensorPrimitives.Norm(vector.Span), 1e-5);
    }

    [Fact]
    public async Task A_request_chooses_whether_long_texts_are_truncated()
    {
        await using var truncating = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model, MaxTokens = 4 });
        await using var rejecting = new JinaEmbeddingGenerator(
            new JinaEmbeddingOptions { Model = DemoModel.Model, MaxTokens = 4, Truncation = TruncationPolicy.Throw });

        await Assert.ThrowsAsync<ArgumentException>(() =>
            truncating.GenerateAsync(DemoModel.Texts, With(JinaEmbeddingGenerator.TruncationKey, TruncationPolicy.Throw), Token));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            truncating.GenerateAsync(DemoModel.Texts, With(JinaEmbeddingGenerator.TruncationKey, "Throw"), Token));
        var truncated = await rejecting.GenerateAsync(
            DemoModel.Texts, With(JinaEmbeddingGenerator.TruncationKey, TruncationPolicy.Truncate), Token);

        Assert.Equal(4, truncated.AdditionalProperties![JinaEmbeddingGenerator.TruncatedInputsKey]);
    }

    [Theory]
    [InlineData(JinaEmbeddingGenerator.NormalizeKey, "yes", "The additional property 'normalize' is yes (String). Expected a Boolean.")]
    [InlineData(
        JinaEmbeddingGenerator.TruncationKey, "cut", "The additional property 'truncation' is cut (String). Expected a TruncationPolicy.")]
    [InlineData(
        JinaEmbeddingGenerator.TruncationKey, true, "The additional property 'truncation' is True (Boolean). Expected a TruncationPolicy.")]
    public async Task A_value_of_the_wrong_type_is_rejected_and_not_ignored(string key, object value, string message)
    {
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });

        var error = await Assert.ThrowsAsync<ArgumentException>("options", () => generator.GenerateAsync(["a"], With(key, value), Token));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static EmbeddingGenerationOptions With(string key, object value) => new() { AdditionalProperties = new() { [key] = value } };
}
