using System.Numerics.Tensors;
using Jina.RandomCheckpoints;
using Jina.Testing;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime;

namespace Jina.Extensions.AI.Tests;

/// <summary>Tests that options for speed and memory do not change vectors.</summary>
public sealed class GeneratorThreadsTests
{
    private static readonly string[] Texts =
        [.. Enumerable.Range(0, 20).SelectMany(i => DemoModel.Texts.Select(text => text[..Math.Min(text.Length, 10 * i)]))];

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
        ["a hook"] = options =>
            options.ConfigureSession = session => session.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_setting_does_not_change_vectors(string name)
    {
        var expected = await EmbedAsync(new JinaEmbeddingOptions());
        var options = new JinaEmbeddingOptions();
        Changes[name](options);

        var actual = await EmbedAsync(options);

        Assert.All(expected.Zip(actual), pair => Tolerance.Reference.AssertEqual(pair.First.Vector, pair.Second.Vector));
    }

    [Fact]
    public async Task Lone_queries_always_get_the_same_vector()
    {
        // After a few queries, the multi-threaded session runs them. It must not change the vector.
        var options = new JinaEmbeddingOptions { Model = DemoModel.Model, MaxThreads = 4 };
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(options, cancellationToken: Token);
        var first = await generator.GenerateVectorAsync(DemoModel.Texts[3], cancellationToken: Token);

        for (var i = 0; i < 100; i++)
        {
            Tolerance.Reference.AssertEqual(first, await generator.GenerateVectorAsync(DemoModel.Texts[3], cancellationToken: Token));
        }
    }

    [Fact]
    public async Task The_hook_is_called_once_per_load_and_can_fail_the_load()
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
    public async Task Int8_works_from_text_to_vector_and_the_second_load_does_not_quantize_again()
    {
        using var folder = new TemporaryFolder();
        var form = RandomCheckpointOptions.Tiny with { HiddenSize = 64 };
        RandomCheckpoint.Write(folder.Path, form, Token);
        var model = JinaEmbeddingModel.FromDirectory(folder.Path);
        var progress = new Int8Weights.ProgressList();
        var exact = await EmbedAsync(new JinaEmbeddingOptions(), model);

        var int8 = new JinaEmbeddingOptions { Precision = Precision.Int8, WeightQuantizationProgress = progress };
        var first = await EmbedAsync(int8, model);
        Assert.NotEmpty(progress.Take());
        int8.MaxThreads = 1;
        var second = await EmbedAsync(int8, model);

        Assert.Empty(progress.Take());
        Assert.All(
            exact.Zip(first),
            pair => Assert.InRange(TensorPrimitives.CosineSimilarity(pair.First.Vector.Span, pair.Second.Vector.Span), 0.999, 1.00001));
        Assert.All(
            first.Zip(second),
            pair => Assert.InRange(TensorPrimitives.Distance(pair.First.Vector.Span, pair.Second.Vector.Span), 0, 1e-3));
    }

    [Fact]
    public async Task Disposal_ends_every_request_with_its_vectors_or_a_rejection()
    {
        var generator = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model, cancellationToken: Token);
        var calls = Enumerable.Range(0, 200)
            .Select(i => Task.Run(() => generator.GenerateAsync(Texts.Take(i % 20), cancellationToken: Token), Token)).ToArray();
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

    private static async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(
        JinaEmbeddingOptions options, JinaEmbeddingModel? model = null)
    {
        options.Model = model ?? DemoModel.Model;
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(options, cancellationToken: Token);
        return await generator.GenerateAsync(Texts, cancellationToken: Token);
    }
}
