using System.Diagnostics;
using System.Globalization;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using RagConsole.Answers;
using RagConsole.Documents;
using RagConsole.Output;
using RagConsole.Passages;

namespace RagConsole.Commands;

/// <summary>Represents the services for one command over one database.</summary>
internal sealed class Session(Kernel kernel, ModelChoice model) : IDisposable
{
    private const string InMemory = "Data Source=:memory:";

    /// <summary>The passages that are found for a reranker. More make the request longer, and seldom contain the answer.</summary>
    private const int RerankedPassages = 20;

    public Kernel Kernel => kernel;

    public ModelChoice Model => model;

    /// <summary>Opens a database for searching with the model that it was created with, unless another model is requested.</summary>
    /// <remarks>Without a database, it ingests the folder, or else the corpus of the sample, into memory.</remarks>
    public static async Task<Session> OpenForSearchAsync(
        Func<ModelChoice, string, Kernel> wire,
        string? database,
        string? docs,
        JinaEmbeddingModel? requested,
        CancellationToken cancellationToken)
    {
        if (docs is null && (database is not null || File.Exists(Library.DefaultDatabase)))
        {
            var library = await Library.ReadAsync(database ?? Library.DefaultDatabase, cancellationToken);
            var connection = Library.GetConnectionString(library.Database);
            var opened = await OpenAsync(wire, connection, requested ?? library.Model, isNew: library.Model is null, cancellationToken);
            await opened.Kernel.GetRequiredService<PassageStore>().OpenAsync(cancellationToken);
            return opened;
        }

        var session = await OpenAsync(wire, InMemory, requested, isNew: true, cancellationToken);
        if (docs is null)
        {
            Status.Note(
                $"This folder has no {Library.DefaultDatabase}, so the answer comes from the corpus of the sample. "
                + "To ask about your own files, run 'ingest DIR' first.");
        }

        var folder = docs ?? Path.Combine(AppContext.BaseDirectory, "corpus");
        await session.IngestAsync(DocumentFolder.List(folder, Status.Warning), cancellationToken);
        return session;
    }

    /// <summary>Opens a database for writing.</summary>
    public static async Task<Session> OpenForIngestAsync(
        Func<ModelChoice, string, Kernel> wire, string database, JinaEmbeddingModel? requested, CancellationToken cancellationToken)
    {
        var recorded = File.Exists(database) ? (await Library.ReadAsync(database, cancellationToken)).Model : null;
        var connection = Library.GetConnectionString(database);
        return await OpenAsync(wire, connection, requested ?? recorded, isNew: recorded is null, cancellationToken);
    }

    /// <summary>Ingests the documents of one root and shows the progress.</summary>
    public Task<IngestCounts> IngestAsync(DocumentList documents, CancellationToken cancellationToken) =>
        ProgressDisplay.RunAsync($"{documents.Entries.Count} files", report =>
        {
            var clock = Stopwatch.StartNew();
            return kernel.GetRequiredService<Ingester>().RunAsync(documents, Status.Warning, Report, cancellationToken);

            void Report(IngestProgress progress)
            {
                var speed = string.Create(CultureInfo.InvariantCulture, $"{progress.Embedded / clock.Elapsed.TotalSeconds:F0}/s");
                report(new WorkProgress(progress.Bytes, documents.Bytes, $"{progress.Embedded:N0} passages embedded, {speed}"));
            }
        });

    /// <summary>Finds the passages for a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="wordings">The texts to search for.</param>
    /// <param name="top">The maximum number of passages.</param>
    /// <param name="hybrid">Whether shared words count as well.</param>
    /// <param name="reranker">The reranker of the passages, or null to keep the order of the search.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async Task<Findings> FindAsync(
        string question,
        IReadOnlyList<string> wordings,
        int top,
        bool hybrid,
        IReranker? reranker,
        CancellationToken cancellationToken)
    {
        var kind = hybrid ? SearchKind.Hybrid : SearchKind.Vector;
        var search = kernel.GetRequiredService<PassageSearch>();
        var count = reranker is null ? top : Math.Max(top, RerankedPassages);
        var hits = await search.FindAsync(wordings, count, kind, cancellationToken);
        if (reranker is not null)
        {
            var best = await reranker.RankAsync(wordings[^1], [.. hits.Select(hit => hit.Passage.Text)], cancellationToken);
            hits = [.. best.Concat(Enumerable.Range(0, hits.Count)).Distinct().Take(top).Select(index => hits[index])];
        }

        var isDoubtful = await kernel.GetRequiredService<Relevance>().IsDoubtfulAsync(wordings[^1], hits, cancellationToken);
        return new Findings(question, wordings, model.Model.Name, hits, HasSimilarities: !hybrid, isDoubtful, Answer: null);
    }

    public void Dispose() => (kernel.Services as IDisposable)?.Dispose();

    private static async Task<Session> OpenAsync(
        Func<ModelChoice, string, Kernel> wire,
        string connectionString,
        JinaEmbeddingModel? requested,
        bool isNew,
        CancellationToken cancellationToken)
    {
        var choice = await ModelChoice.DecideAsync(requested, cancellationToken);
        if (isNew)
        {
            // The model of a database does not change later, and 'stats' shows it.
            Status.Note($"Model: {choice.Model.Name} ({choice.Reason}).");
        }

        var session = new Session(wire(choice, connectionString), choice);

        // Loads the model now, so that an error in the model is reported before any file is read.
        await session.Kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>()
            .GenerateAsync("ready?", cancellationToken: cancellationToken);
        return session;
    }
}
