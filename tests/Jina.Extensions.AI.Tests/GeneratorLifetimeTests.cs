using Jina.Testing;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime;

namespace Jina.Extensions.AI.Tests;

public sealed class GeneratorLifetimeTests
{
    private static readonly string LongText = string.Join(' ', Enumerable.Repeat("the quick brown fox", 400));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Making_a_generator_reads_nothing()
    {
        using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = JinaEmbeddingModel.FromDirectory("no-such-folder") });

        Assert.Null(generator.GetService<InferenceSession>());
        Assert.Null(generator.GetService<T5Tokenizer>());
    }

    [Fact]
    public async Task The_tokenizer_comes_without_the_weights()
    {
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });

        Assert.NotNull(generator.GetService<T5Tokenizer>());
        Assert.NotNull(await generator.GetTokenizerAsync(Token));
        Assert.Null(generator.GetService<InferenceSession>());
        Assert.Equal(DemoModel.Dimensions, generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelDimensions);
    }

    [Fact]
    public async Task A_failed_load_is_tried_again()
    {
        using var folder = new TemporaryFolder();
        var model = folder.File("model");
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = JinaEmbeddingModel.FromDirectory(model) });
        await Assert.ThrowsAsync<JinaModelException>(() => generator.GenerateAsync(["a"], cancellationToken: Token));

        Copy(DemoModel.Folder, model);

        Assert.Single(await generator.GenerateAsync(["a"], cancellationToken: Token));
    }

    [Fact]
    public async Task Disposal_waits_for_calls_in_flight_and_refuses_new_ones()
    {
        var generator = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model, Token);
        var call = generator.GenerateAsync(Enumerable.Repeat(LongText, 20), cancellationToken: Token);

        await generator.DisposeAsync();

        Assert.Equal(20, (await call).Count);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(generator.Dispose)));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["a"], cancellationToken: Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GetTokenizerAsync(Token));
        Assert.Null(generator.GetService<T5Tokenizer>());
        Assert.Null(generator.GetService<InferenceSession>());
    }

    [Fact]
    public async Task A_disposed_generator_has_no_model_from_the_beginning_of_its_disposal()
    {
        var generator = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model, Token);
        Assert.Equal(JinaModelState.Ready, generator.Status.State);
        var call = generator.GenerateAsync(Enumerable.Repeat(LongText, 20), cancellationToken: Token);

        var disposal = generator.DisposeAsync();
        Assert.Equal(JinaModelState.NotLoaded, generator.Status.State);

        await call;
        await disposal;
        Assert.Equal(JinaModelState.NotLoaded, generator.Status.State);
    }

    [Fact]
    public async Task A_disposed_generator_tells_of_no_failed_load()
    {
        using var folder = new TemporaryFolder();
        var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = JinaEmbeddingModel.FromDirectory(folder.Path) });
        await Assert.ThrowsAsync<JinaModelException>(() => generator.GenerateAsync(["a"], cancellationToken: Token));

        await generator.DisposeAsync();

        Assert.Equal((JinaModelState.NotLoaded, null), (generator.Status.State, generator.Status.Failure));
    }

    [Fact]
    public async Task Many_may_dispose_at_once()
    {
        for (var round = 0; round < 10; round++)
        {
            var generator = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model, Token);

            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => generator.DisposeAsync().AsTask())));

            await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["a"], cancellationToken: Token));
        }
    }

    [Fact]
    public async Task Cancellation_ends_a_call_and_leaves_the_generator_well()
    {
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model, Token);
        using var source = new CancellationTokenSource();
        IEnumerable<string> CancelledHalfway()
        {
            for (var i = 0; ; i++)
            {
                if (i == 100)
                {
                    source.Cancel();
                }

                yield return "text";
            }
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.GenerateAsync(CancelledHalfway(), cancellationToken: source.Token));

        Assert.Single(await generator.GenerateAsync(["a"], cancellationToken: Token));
    }

    [Fact]
    public async Task Long_texts_are_cut_and_counted()
    {
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model, Token);

        var result = await generator.GenerateAsync([LongText, "short", LongText], cancellationToken: Token);

        Assert.Equal(2, result.AdditionalProperties![JinaEmbeddingGenerator.TruncatedInputsKey]);
        Assert.Equal(512 + 2 + 512, result.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task Long_texts_are_refused_under_the_throw_policy()
    {
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(
            new JinaEmbeddingOptions { Model = DemoModel.Model, MaxTokens = 4, Truncation = TruncationPolicy.Throw }, Token);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["cat", "the cat sat on the mat"], cancellationToken: Token));

        Assert.Matches("^Text 1 has [0-9]+ tokens, more than the 4 allowed\\.", error.Message);
        Assert.Single(await generator.GenerateAsync(["cat"], cancellationToken: Token));
    }

    [Fact]
    public async Task A_limit_above_the_models_is_refused()
    {
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => JinaEmbeddingGenerator.CreateAsync(new JinaEmbeddingOptions { Model = DemoModel.Model, MaxTokens = 513 }, Token));

        Assert.Contains("MaxTokens is above the 512 tokens", error.Message, StringComparison.Ordinal);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var place = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(file, place);
        }
    }
}
