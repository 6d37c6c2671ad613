using System.CommandLine;
using System.Globalization;
using Jina.Extensions.AI;
using Microsoft.SemanticKernel;
using RagConsole.Documents;
using RagConsole.Output;
using RagConsole.Passages;
using RagConsole.Updating;

namespace RagConsole.Commands;

/// <summary>Creates the command <c>ingest DIR</c>.</summary>
internal static class IngestCommand
{
    public static Command Create(Func<ModelChoice, string, Kernel> wire)
    {
        var folder = new Argument<string>("DIR")
        {
            Description = $"The folder with {DocumentFormats.Names}. Subfolders are included.",
        };
        var name = new Option<string?>("--collection")
        {
            Description = "The name of the folder in the database. An existing collection is renamed. Default: the name of the folder.",
            HelpName = "NAME",
        };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && CollectionCatalog.FindFault(token.Value) is { } fault)
            {
                result.AddError(fault);
            }
        });
        var all = new Option<bool>("--all")
        {
            Description = "Read all files, also those whose size and time did not change, and parse those that had problems again.",
        };
        var (database, model, json) = (SharedOptions.Database(), SharedOptions.Model(), SharedOptions.Json("the counts"));
        var command = new Command(
            "ingest",
            "Updates the database from a folder. Only new and changed files are embedded. You can stop it and run it again at any time.")
        {
            folder, database, name, all, model, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(database) ?? Library.DefaultDatabase;
            var counts = await IngestAsync(
                wire,
                path,
                parsed.GetRequiredValue(folder),
                parsed.GetValue(name),
                parsed.GetValue(all),
                parsed.GetValue(model),
                cancellationToken);
            if (parsed.GetValue(json))
            {
                WriteJson(counts);
                return;
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Printable.Name(path)}: {counts.Files:N0} files; {counts.Embedded:N0} passages embedded, "
                + $"{counts.Unchanged:N0} unchanged, {counts.Removed:N0} removed; "
                + $"{counts.WithoutText:N0} files without text, {counts.Skipped:N0} skipped."));
            if (counts.WithoutText + counts.Skipped > 0)
            {
                Status.Note($"To list the files without text and the skipped files, run '{Tool.Name} stats --problems'.");
            }
        });
        return command;
    }

    /// <summary>Adds a folder to a database, or brings it up to date, after waiting for other processes that update the database.</summary>
    internal static async Task<IngestCounts> IngestAsync(
        Func<ModelChoice, string, Kernel> wire,
        string database,
        string folder,
        string? name,
        bool readAll,
        JinaEmbeddingModel? model,
        CancellationToken cancellationToken)
    {
        if (!File.Exists(database))
        {
            // A mistake in the name of the folder does not create a database.
            RequireDocuments(folder);
        }

        using var acquired = await DatabaseLock.AcquireAsync(
            database, () => Status.Note(FolderRefresh.WaitMessage), cancellationToken);
        var notListed = new List<string>();
        var documents = DocumentFolder.List(folder, notListed.Add);
        using var session = await Session.OpenForIngestAsync(wire, database, model, cancellationToken);
        var store = session.Kernel.GetRequiredService<PassageStore>();
        await store.OpenAsync(cancellationToken);
        if (documents.Entries.Count == 0 && (await store.ListFilesAsync(documents.Root, cancellationToken)).Count == 0)
        {
            notListed.ForEach(Status.Warning);
            throw documents.CreateEmptyException();
        }

        var collection = await new CollectionCatalog(store).AddAsync(documents.Root, name, cancellationToken);
        return await session.Kernel.GetRequiredService<FolderRefresh>().UpdateAsync(
            collection, documents, notListed, readAll, Status.Warning, cancellationToken);
    }

    private static void RequireDocuments(string folder)
    {
        var notListed = new List<string>();
        var documents = DocumentFolder.List(folder, notListed.Add);
        if (documents.Entries.Count == 0)
        {
            notListed.ForEach(Status.Warning);
            throw documents.CreateEmptyException();
        }
    }

    private static void WriteJson(IngestCounts counts) => JsonOutput.WriteLine(json =>
    {
        json.WriteNumber("files", counts.Files);
        json.WriteNumber("embedded", counts.Embedded);
        json.WriteNumber("unchanged", counts.Unchanged);
        json.WriteNumber("removed", counts.Removed);
        json.WriteNumber("withoutText", counts.WithoutText);
        json.WriteNumber("skipped", counts.Skipped);
    });
}
