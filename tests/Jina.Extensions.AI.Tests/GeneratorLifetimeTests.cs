using Jina.Extensions.AI.Tests.Diagnostics;
using Jina.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace Jina.Extensions.AI.Tests;

public sealed class GeneratorLifetimeTests
{
    private static readonly string LongText = string.Join(' ', Enumerable.Repeat("the quick brown fox", 400));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_uses_the_factories_of_loggers_and_meters()
    {
        using var measurements = new Measurements();
        var log = new ListLog();
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(log));

        await using var generator = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model, loggers, measurements, Token);

        Assert.Equal(["ModelLoaded"], log.Events);
        Assert.Single(measurements.Of("jina.embeddings.load.duration"));
    }

    [Fact]
    public void Creating_a_generator_reads_nothing()
    {
        var model = JinaEmbeddingModel.FromDirectory("no-such-folder");
        using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = model });

        Assert.Null(generator.GetService<InferenceSession>());
        Assert.Null(generator.GetService<T5Tokenizer>());
    }

    [Fact]
    public async Task The_tokenizer_is_available_without_the_weights()
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
        var path = folder.File("model");
        var model = JinaEmbeddingModel.FromDirectory(path);
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = model });
        await Assert.ThrowsAsync<JinaModelException>(() => generator.GenerateAsync(["a"], cancellationToken: Token));

        Copy(DemoModel.Folder, path);

        Assert.Single(await generator.GenerateAsync(["a"], cancellationToken: Token));
    }

    [Fact]
    public async Task Disposal_waits_for_requests_in_progress_and_rejects_new_ones()
    {
        var generator = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model, cancellationToken: Token);
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
    public async Task A_generator_has_no_model_from_the_start_of_its_disposal()
    {
        var generator = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model, cancellationToken: Token);
        Assert.Equal(JinaModelState.Ready, generator.Status.State);
        var call = generator.GenerateAsync(Enumerable.Repeat(LongText, 20), cancellationToken: Token);

        var disposal = generator.DisposeAsync();
        Assert.Equal(JinaModelState.NotLoaded, generator.Status.State);

        await call;
        await disposal;
        Assert.Equal(JinaModelState.NotLoaded, generator.Status.State);
    }

    [Fact]
    public async Task A_disposed_generator_does_not_report_a_failed_load()
    {
        using var folder = new TemporaryFolder();
        var model = JinaEmbeddingModel.FromDirectory(folder.Path);
        var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = model });
        await Assert.ThrowsAsync<JinaModelException>(() => generator.GenerateAsync(["a"], cancellationToken: Token));

        await generator.DisposeAsync();

        Assert.Equal((JinaModelState.NotLoaded, null), (generator.Status.State, generator.Status.Failure));
    }

    [Fact]
    public async Task A_generator_can_be_disposed_concurrently()
    {
        for (var round = 0; round < 10; round++)
        {
            var generator = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model, cancellationToken: Token);

            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => generator.DisposeAsync().AsTask())));

            await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["a"], cancellationToken: Token));
        }
    }

    [Fact]
    public async Task Cancellation_ends_a_request_and_leaves_the_generator_usable()
    {
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model, cancellationToken: Token);
        using var source = new CancellationTokenSource();
        IEnumerable<string> CanceledHalfway()
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

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => generator.GenerateAsync(CanceledHalfway(), cancellationToken: source.Token));

        Assert.Single(await generator.GenerateAsync(["a"], cancellationToken: Token));
    }

    [Fact]
    public async Task Long_texts_are_truncated_and_counted()
    {
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model, cancellationToken: Token);

        var result = await generator.GenerateAsync([LongText, "short", LongText], cancellationToken: Token);

        Assert.Equal(2, result.AdditionalProperties![JinaEmbeddingGenerator.TruncatedInputsKey]);
        Assert.Equal(512 + 2 + 512, result.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task Long_texts_are_rejected_under_the_throw_policy()
    {
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(
            new JinaEmbeddingOptions { Model = DemoModel.Model, MaxTokens = 4, Truncation = TruncationPolicy.Throw },
            cancellationToken: Token);

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => generator.GenerateAsync(["cat", "the cat sat on the mat"], cancellationToken: Token));

        Assert.Matches("^Text 1 has [0-9]+ tokens, but at most 4 are allowed\\.", error.Message);
        Assert.Single(await generator.GenerateAsync(["cat"], cancellationToken: Token));
    }

    [Fact]
    public async Task A_limit_above_the_models_limit_is_rejected()
    {
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => JinaEmbeddingGenerator.CreateAsync(
                new JinaEmbeddingOptions { Model = DemoModel.Model, MaxTokens = 513 }, cancellationToken: Token));

        Assert.Contains("MaxTokens is 513; expected at most 512", error.Message, StringComparison.Ordinal);
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
