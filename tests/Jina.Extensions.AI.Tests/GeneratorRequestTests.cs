using System.Numerics.Tensors;
using System.Text.Json.Nodes;
using Jina.Extensions.AI.Tests.Chunking;
using Jina.Testing;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests;

/// <summary>What one call may want to be other than the generator's options say.</summary>
public sealed class GeneratorRequestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_chooses_the_length_of_its_vectors_and_its_neighbours_keep_theirs()
    {
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });
        await using var raw = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model, Normalize = false });
        var expected = await raw.GenerateVectorAsync("rain", cancellationToken: Token);

        var calls = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => generator.GenerateVectorAsync("rain", i % 2 == 0 ? With(JinaEmbeddingGenerator.NormalizeKey, false) : null, Token)));

        Assert.All(calls.Where((_, i) => i % 2 == 0), vector => Tolerance.Reference.AssertEqual(expected, vector));
        Assert.All(calls.Where((_, i) => i % 2 == 1), vector => Assert.Equal(1, TensorPrimitives.Norm(vector.Span), 1e-5));
        Tolerance.Reference.AssertEqual(calls[1], await raw.GenerateVectorAsync("rain", With(JinaEmbeddingGenerator.NormalizeKey, true), Token));
    }

    [Fact]
    public async Task A_checkpoint_that_normalizes_does_so_whatever_is_asked()
    {
        using var folder = new TemporaryFolder();
        DemoModelCopy.To(folder);
        var modules = JsonNode.Parse(await File.ReadAllTextAsync(folder.File("modules.json"), Token))!.AsArray();
        modules.Add(new JsonObject { ["idx"] = modules.Count, ["name"] = "norm", ["path"] = "2_Normalize", ["type"] = "sentence_transformers.models.Normalize" });
        await File.WriteAllTextAsync(folder.File("modules.json"), modules.ToJsonString(), Token);
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = JinaEmbeddingModel.FromDirectory(folder.Path), Normalize = false });

        var vector = await generator.GenerateVectorAsync("rain", With(JinaEmbeddingGenerator.NormalizeKey, false), Token);

        Assert.Equal(1, TensorPrimitives.Norm(vector.Span), 1e-5);
    }

    [Fact]
    public async Task A_call_chooses_whether_long_texts_are_cut()
    {
        await using var cutting = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model, MaxTokens = 4 });
        await using var refusing = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model, MaxTokens = 4, Truncation = TruncationPolicy.Throw });

        await Assert.ThrowsAsync<ArgumentException>(() => cutting.GenerateAsync(DemoModel.Texts, With(JinaEmbeddingGenerator.TruncationKey, TruncationPolicy.Throw), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => cutting.GenerateAsync(DemoModel.Texts, With(JinaEmbeddingGenerator.TruncationKey, "Throw"), Token));
        var cut = await refusing.GenerateAsync(DemoModel.Texts, With(JinaEmbeddingGenerator.TruncationKey, TruncationPolicy.Truncate), Token);

        Assert.Equal(4, cut.AdditionalProperties![JinaEmbeddingGenerator.TruncatedInputsKey]);
    }

    [Theory]
    [InlineData(JinaEmbeddingGenerator.NormalizeKey, "yes", "The additional property 'normalize' is yes (String); expected a Boolean.")]
    [InlineData(JinaEmbeddingGenerator.TruncationKey, "cut", "The additional property 'truncation' is cut (String); expected a TruncationPolicy.")]
    [InlineData(JinaEmbeddingGenerator.TruncationKey, true, "The additional property 'truncation' is True (Boolean); expected a TruncationPolicy.")]
    public async Task A_value_of_the_wrong_type_is_refused_and_not_ignored(string key, object value, string message)
    {
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });

        var error = await Assert.ThrowsAsync<ArgumentException>("options", () => generator.GenerateAsync(["a"], With(key, value), Token));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static EmbeddingGenerationOptions With(string key, object value) => new() { AdditionalProperties = new() { [key] = value } };
}
