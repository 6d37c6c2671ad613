using System.Collections.Concurrent;
using Jina.Testing;
using Jina.Testing.Hub;
using Microsoft.Extensions.Logging;

namespace Jina.Extensions.AI.Tests;

/// <summary>Tests the way from a hub to vectors, with only the generator's own options.</summary>
public sealed class GeneratorDownloadTests
{
    [Fact]
    public async Task A_model_from_a_hub_gives_the_same_vectors_as_from_a_directory()
    {
        using var cache = new TemporaryFolder();
        await using var hub = await LocalHub.StartAsync();
        hub.Repository = "jina-tests/demo-en";
        hub.Files = HubFile.Of(DemoModel.Folder);
        var (reports, log) = (new Reports(), new ListLog());
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(log));
        var options = new JinaEmbeddingOptions
        {
            Model = JinaEmbeddingModel.FromHub(hub.Repository),
            HubEndpoint = hub.HubAddress,
            HubToken = "hf_of_this_test",
            CacheDirectory = cache.Path,
            Offline = false,
            DownloadProgress = reports,
        };
        await using var fromHub = new JinaEmbeddingGenerator(options, loggers);
        await using var fromFolder = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });

        Assert.Equal(await VectorsAsync(fromFolder), await VectorsAsync(fromHub));

        Assert.All(
            hub.Requests,
            request => Assert.Equal(request.Server == "hub" ? "Bearer hf_of_this_test" : null, request.Authorization));
        Assert.Contains(hub.Requests, request => request is { Server: "store", Method: "GET" });
        var total = hub.Files.Where(file => !file.Path.EndsWith(".md", StringComparison.Ordinal)).Sum(file => (long)file.Content.Length);
        Assert.Equal((total, total), (reports.Last().BytesReceived, reports.Last().TotalBytes));
        Assert.Equal(["DownloadStarted", "DownloadFinished", "ModelLoaded"], log.Events);
        Assert.DoesNotContain(
            log.Lines,
            line => line.Contains("hf_of_this_test", StringComparison.Ordinal) || line.Contains("signature", StringComparison.Ordinal));
    }

    private static async Task<float[][]> VectorsAsync(JinaEmbeddingGenerator generator)
    {
        var embeddings = await generator.GenerateAsync(DemoModel.Texts, cancellationToken: TestContext.Current.CancellationToken);
        return [.. embeddings.Select(embedding => embedding.Vector.ToArray())];
    }

    private sealed class Reports : ConcurrentQueue<ModelDownloadProgress>, IProgress<ModelDownloadProgress>
    {
        public void Report(ModelDownloadProgress value) => Enqueue(value);
    }
}
