using Jina.Extensions.AI;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using RagConsole.Documents;
using RagConsole.Output;
using RagConsole.Passages;
using RagConsole.Updating;

namespace RagConsole.Commands;

/// <summary>Represents the services for one command over one database.</summary>
internal sealed class Session(Kernel kernel, ModelChoice model) : IDisposable
{
    public Kernel Kernel => kernel;

    public ModelChoice Model => model;

    /// <summary>Opens a database for writing with the model that it was created with, unless another model is requested.</summary>
    public static async Task<Session> OpenForIngestAsync(
        Func<ModelChoice, string, Kernel> wire, string database, JinaEmbeddingModel? requested, CancellationToken cancellationToken)
    {
        var recorded = File.Exists(database) ? (await LibraryHeader.ReadAsync(database, cancellationToken)).Model : null;
        var connection = Library.GetConnectionString(database);
        return await OpenAsync(wire, connection, requested ?? recorded, isNew: recorded is null, cancellationToken);
    }

    /// <summary>Opens a database with a model.</summary>
    /// <param name="wire">The function that creates the services.</param>
    /// <param name="connectionString">The connection string of the database.</param>
    /// <param name="requested">The model, or null for the best one that is available.</param>
    /// <param name="isNew">Whether to report the model, because it is the first one of the database.</param>
    /// <param name="cancellationToken">Stops a download.</param>
    public static async Task<Session> OpenAsync(
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

    /// <summary>Ingests documents that are not an indexed folder of the database.</summary>
    /// <exception cref="FileNotFoundException">The folder does not contain documents and never did.</exception>
    public async Task<IngestCounts> IngestAsync(DocumentList documents, CancellationToken cancellationToken)
    {
        await kernel.GetRequiredService<PassageStore>().OpenAsync(cancellationToken);
        var plan = await kernel.GetRequiredService<Ingester>().PlanAsync(documents, readAll: false, cancellationToken);
        return documents.Entries.Count + plan.Deleted.Count > 0
            ? await kernel.GetRequiredService<FolderRefresh>().RunAsync(plan, Status.Warning, cancellationToken)
            : throw documents.CreateEmptyException();
    }

    public void Dispose() => (kernel.Services as IDisposable)?.Dispose();
}
