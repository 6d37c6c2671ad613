using Jina.Extensions.AI;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using RagConsole.Documents;
using RagConsole.Ingestion;
using RagConsole.Output;
using RagConsole.Retrieval;

namespace RagConsole.CommandLine;

/// <summary>The services over a database, for the length of a command.</summary>
internal sealed class Session(Kernel kernel, ModelChoice model) : IDisposable
{
    private const string InMemory = "Data Source=:memory:";

    public Kernel Kernel => kernel;

    public ModelChoice Model => model;

    /// <summary>Opens a database to search it, with the model it was made with unless another is asked for; without one, the sample's own corpus stands in.</summary>
    public static async Task<Session> ForSearchAsync(Func<ModelChoice, string, Kernel> wire, string? database, string? docs, JinaEmbeddingModel? asked, CancellationToken cancellationToken)
    {
        if (docs is null && (database is not null || File.Exists(Library.DefaultDatabase)))
        {
            var library = await Library.ReadAsync(database ?? Library.DefaultDatabase, cancellationToken);
            var opened = await OpenAsync(wire, Library.ConnectionString(library.Database), asked ?? library.RecordedModel(), cancellationToken);
            await opened.Kernel.GetRequiredService<PassageStore>().OpenAsync(cancellationToken);
            return opened;
        }

        var session = await OpenAsync(wire, InMemory, asked, cancellationToken);
        if (docs is null)
        {
            Status.Note($"There is no {Library.DefaultDatabase} here, so this answers from the sample's own corpus. Ingest your files first: ingest DIR.");
        }

        await session.IngestAsync(DocumentFolder.List(docs ?? Path.Combine(AppContext.BaseDirectory, "corpus"), Status.Warning), cancellationToken);
        return session;
    }

    /// <summary>Opens a database to write to it.</summary>
    public static async Task<Session> ForIngestAsync(Func<ModelChoice, string, Kernel> wire, string database, JinaEmbeddingModel? asked, CancellationToken cancellationToken)
    {
        var recorded = File.Exists(database) ? (await Library.ReadAsync(database, cancellationToken)).RecordedModel() : null;
        return await OpenAsync(wire, Library.ConnectionString(database), asked ?? recorded, cancellationToken);
    }

    /// <summary>Ingests documents of one root, with a bar.</summary>
    public Task<IngestCounts> IngestAsync(DocumentList documents, CancellationToken cancellationToken) => IngestBar.RunAsync(
        $"{documents.Entries.Count} files",
        documents.Bytes,
        progress => kernel.GetRequiredService<Ingester>().RunAsync(documents, Status.Warning, progress, cancellationToken));

    public void Dispose() => (kernel.Services as IDisposable)?.Dispose();

    private static async Task<Session> OpenAsync(Func<ModelChoice, string, Kernel> wire, string connectionString, JinaEmbeddingModel? asked, CancellationToken cancellationToken)
    {
        var choice = await ModelChoice.DecideAsync(asked, cancellationToken);
        Status.Note($"Model: {choice.Model.Name} ({choice.Reason}).");
        var session = new Session(wire(choice, connectionString), choice);

        // Loads the model now, so that what is wrong with it is told before any file is read.
        await session.Kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync("ready?", cancellationToken: cancellationToken);
        return session;
    }
}
