using System.Numerics.Tensors;
using Jina.Extensions.AI.Tests.Chunking;
using Jina.Extensions.AI.Tests.DependencyInjection;
using Jina.Extensions.AI.Tests.Int8Weights;
using Jina.RandomCheckpoints;
using Jina.Testing;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime;

namespace Jina.Extensions.AI.Tests;

/// <summary>However a generator is set to run, it gives the same vectors.</summary>
public sealed class GeneratorThreadsTests
{
    private static readonly string[] Texts = [.. Enumerable.Range(0, 20).SelectMany(i => DemoModel.Texts.Select(text => text[..Math.Min(text.Length, 10 * i)]))];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Settings => [.. Changes.Keys];

    private static readonly Dictionary<string, Action<JinaEmbeddingOptions>> Changes = new()
    {
        ["1 thread"] = options => options.MaxThreads = 1,
        ["2 threads"] = options => options.MaxThreads = 2,
        ["4 threads"] = options => options.MaxThreads = 4,
        ["small batches"] = options => options.MaxBatchTokens = 1,
        ["large batches"] = options => options.MaxBatchTokens = 16384,
        ["memory released"] = options => options.ReleaseMemoryWhenIdle = true,
        ["a hook"] = options => options.ConfigureSession = session => session.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_setting_changes_no_vector(string name)
    {
        var expected = await EmbedAsync(new JinaEmbeddingOptions());
        var options = new JinaEmbeddingOptions();
        Changes[name](options);

        var actual = await EmbedAsync(options);

        Assert.All(expected.Zip(actual), pair => Tolerance.Reference.AssertEqual(pair.First.Vector, pair.Second.Vector));
    }

    [Fact]
    public async Task Lone_queries_give_the_same_vector_again_and_again()
    {
        // The session that takes over after a few of them must not be heard.
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(new JinaEmbeddingOptions { Model = DemoModel.Model, MaxThreads = 4 }, Token);
        var first = await generator.GenerateVectorAsync(DemoModel.Texts[3], cancellationToken: Token);

        for (var i = 0; i < 100; i++)
        {
            Tolerance.Reference.AssertEqual(first, await generator.GenerateVectorAsync(DemoModel.Texts[3], cancellationToken: Token));
        }
    }

    [Fact]
    public async Task The_hook_is_called_once_for_each_load_and_may_fail_it()
    {
        var calls = 0;
        var failing = true;
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions
        {
            Model = DemoModel.Model,
            ConfigureSession = session =>
            {
                calls++;
                Assert.Equal(1, session.IntraOpNumThreads);
                if (failing)
                {
                    throw new InvalidOperationException("no such device");
                }
            },
        });

        await Assert.ThrowsAsync<InvalidOperationException>(() => generator.GenerateAsync(["a"], cancellationToken: Token));
        failing = false;
        for (var i = 0; i < 10; i++)
        {
            Assert.Single(await generator.GenerateAsync(["a"], cancellationToken: Token));
        }

        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Int8_runs_from_text_to_vector_and_the_second_load_quantizes_nothing()
    {
        using var folder = new TemporaryFolder();
        RandomCheckpoint.Write(folder.Path, new RandomCheckpointOptions { VocabularySize = 8128, HiddenSize = 64, DemoTokenizer = true }, Token);
        var model = JinaEmbeddingModel.FromDirectory(folder.Path);
        var progress = new Int8Weights.ProgressList();
        var exact = await EmbedAsync(new JinaEmbeddingOptions(), model);

        var first = await EmbedAsync(new JinaEmbeddingOptions { Precision = Precision.Int8, QuantizationProgress = progress }, model);
        Assert.NotEmpty(progress.Take());
        var second = await EmbedAsync(new JinaEmbeddingOptions { Precision = Precision.Int8, QuantizationProgress = progress, MaxThreads = 1 }, model);

        Assert.Empty(progress.Take());
        Assert.All(exact.Zip(first), pair => Assert.InRange(TensorPrimitives.CosineSimilarity(pair.First.Vector.Span, pair.Second.Vector.Span), 0.999, 1.00001));
        Assert.All(first.Zip(second), pair => Assert.InRange(TensorPrimitives.Distance(pair.First.Vector.Span, pair.Second.Vector.Span), 0, 1e-3));
    }

    [Fact]
    public async Task Disposal_ends_every_call_with_its_vectors_or_a_refusal()
    {
        var generator = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model, Token);
        var calls = Enumerable.Range(0, 200).Select(i => Task.Run(() => generator.GenerateAsync(Texts.Take(i % 20), cancellationToken: Token), Token)).ToArray();
        await calls[50];

        await generator.DisposeAsync();

        for (var i = 0; i < calls.Length; i++)
        {
            try
            {
                Assert.Equal(i % 20, (await calls[i]).Count);
            }
            catch (ObjectDisposedException)
            {
                Assert.True(i > 0);
            }
        }
    }

    private static async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(JinaEmbeddingOptions options, JinaEmbeddingModel? model = null)
    {
        options.Model = model ?? DemoModel.Model;
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(options, Token);
        return await generator.GenerateAsync(Texts, cancellationToken: Token);
    }
}
