using System.Collections.Concurrent;
using Jina.Extensions.AI.Tests.Chunking;
using Jina.Testing;
using Jina.Testing.Hub;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Jina.Extensions.AI.Tests;

/// <summary>From a hub to vectors, with nothing but the generator's own options.</summary>
public sealed class GeneratorDownloadTests
{
    [Fact]
    public async Task A_model_of_a_hub_embeds_as_the_same_model_in_a_folder_does()
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

        Assert.All(hub.Requests, request => Assert.Equal(request.Server == "hub" ? "Bearer hf_of_this_test" : null, request.Authorization));
        Assert.Contains(hub.Requests, request => request is { Server: "store", Method: "GET" });
        var total = hub.Files.Where(file => file.Path != "README.md").Sum(file => (long)file.Content.Length);
        Assert.Equal((total, total), (reports.Last().BytesReceived, reports.Last().TotalBytes));
        Assert.Equal(["DownloadStarted", "DownloadFinished", "ModelLoaded"], log.Events);
        Assert.DoesNotContain(log.Lines, line => line.Contains("hf_of_this_test", StringComparison.Ordinal) || line.Contains("signature", StringComparison.Ordinal));
    }

    private static async Task<float[][]> VectorsAsync(JinaEmbeddingGenerator generator) =>
        [.. (await generator.GenerateAsync(DemoModel.Texts, cancellationToken: TestContext.Current.CancellationToken)).Select(embedding => embedding.Vector.ToArray())];

    private sealed class Reports : ConcurrentQueue<ModelDownloadProgress>, IProgress<ModelDownloadProgress>
    {
        public void Report(ModelDownloadProgress value) => Enqueue(value);
    }

    private sealed class ListLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<(string Event, string Line)> _entries = new();

        public IEnumerable<string> Events => _entries.Select(entry => entry.Event);

        public IEnumerable<string> Lines => _entries.Select(entry => entry.Line);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _entries.Enqueue((eventId.Name!, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
