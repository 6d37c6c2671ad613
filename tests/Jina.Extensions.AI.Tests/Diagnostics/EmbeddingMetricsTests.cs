using Jina.Testing;
using Jina.Testing.Hub;

namespace Jina.Extensions.AI.Tests.Diagnostics;

/// <summary>Tests the measurements of the meter "Jina.Extensions.AI".</summary>
public sealed class EmbeddingMetricsTests : IDisposable
{
    private readonly Measurements _measurements = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _measurements.Dispose();

    [Fact]
    public async Task Every_text_and_token_is_counted_once()
    {
        var options = new JinaEmbeddingOptions { Model = DemoModel.Model, MaxTokens = 16 };
        await using var generator = new JinaEmbeddingGenerator(options, meterFactory: _measurements);
        string[] texts = [.. Enumerable.Range(0, 50).SelectMany(_ => DemoModel.Texts)];

        var calls = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => generator.GenerateAsync(texts, cancellationToken: Token)));

        var tokens = calls.Sum(call => call.Usage!.InputTokenCount!.Value);
        Assert.Equal(tokens, _measurements.Of("jina.embeddings.tokens").Sum());
        Assert.Equal(tokens + _measurements.Of("jina.embeddings.padding").Sum(), _measurements.Of("jina.embeddings.batch.tokens").Sum());
        Assert.Equal(4 * texts.Length, _measurements.Of("jina.embeddings.batch.texts").Sum());
        Assert.Equal(4 * texts.Length, _measurements.Of("jina.embeddings.queue.duration").Length);
        Assert.Equal(200, _measurements.Of("jina.embeddings.truncations").Sum());
        Assert.Equal(_measurements.Of("jina.embeddings.batch.texts").Length, _measurements.Of("jina.embeddings.batch.duration").Length);
        Assert.Equal(4 * texts.Length, _measurements.Of("jina.embeddings.queue.texts").Where(change => change > 0).Sum());
        Assert.Equal(0, _measurements.Of("jina.embeddings.queue.texts").Sum());
        Assert.Single(_measurements.Of("jina.embeddings.load.duration"));
        Assert.Empty(_measurements.Of("jina.embeddings.download.duration"));
        Assert.Equal(["demo-en"], _measurements.Models);
    }

    [Theory]
    [InlineData(20_000, null, 2048)]
    [InlineData(20_000, 3000, 2048)]
    [InlineData(20_000, 16, 16)]
    public async Task A_warm_up_runs_texts_up_to_2048_tokens(int declared, int? option, int longest)
    {
        using var folder = new TemporaryFolder();
        var model = JinaEmbeddingModel.FromDirectory(DemoModelCopy.To(folder));
        File.WriteAllText(folder.File("sentence_bert_config.json"), $$"""{"max_seq_length": {{declared}}}""");
        var options = new JinaEmbeddingOptions { Model = model, MaxTokens = option, Truncation = TruncationPolicy.Throw };
        await using var generator = new JinaEmbeddingGenerator(options, meterFactory: _measurements);

        await generator.WarmUpAsync(Token);

        Assert.Equal(longest, _measurements.Of("jina.embeddings.batch.tokens").Max());
    }

    [Fact]
    public async Task A_canceled_request_leaves_nothing_in_the_queue()
    {
        var options = new JinaEmbeddingOptions { Model = DemoModel.Model };
        await using var generator = new JinaEmbeddingGenerator(options, meterFactory: _measurements);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        IEnumerable<string> Texts()
        {
            for (var i = 0; i < 1_000_000; i++)
            {
                if (i == 10_000)
                {
                    source.Cancel();
                }

                yield return "some words of a text";
            }
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => generator.GenerateAsync(Texts(), cancellationToken: source.Token));

        Assert.NotEmpty(_measurements.Of("jina.embeddings.queue.texts"));
        Assert.Equal(0, _measurements.Of("jina.embeddings.queue.texts").Sum());
        Assert.Equal((0, 0, 0L), (generator.Status.ActiveRequests, generator.Status.QueuedTexts, generator.Status.QueuedTokens));
    }

    [Fact]
    public async Task The_duration_of_a_download_is_recorded()
    {
        using var cache = new TemporaryFolder();
        await using var hub = await LocalHub.StartAsync();
        hub.Repository = "jina-tests/demo-en";
        hub.Files = HubFile.Of(DemoModel.Folder);
        var options = new JinaEmbeddingOptions
        {
            Model = JinaEmbeddingModel.FromHub(hub.Repository),
            HubEndpoint = hub.HubAddress,
            CacheDirectory = cache.Path,
            Offline = false,
        };

        for (var i = 0; i < 2; i++)
        {
            await using var generator = new JinaEmbeddingGenerator(options, meterFactory: _measurements);
            await generator.WarmUpAsync(Token);
        }

        Assert.Single(_measurements.Of("jina.embeddings.download.duration"));
        Assert.Equal(2, _measurements.Of("jina.embeddings.load.duration").Length);
        Assert.Equal("s", _measurements.UnitOf("jina.embeddings.download.duration"));
    }
}
