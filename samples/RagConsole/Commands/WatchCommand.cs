using System.CommandLine;
using System.Globalization;
using Jina.Extensions.AI;
using Microsoft.SemanticKernel;
using RagConsole.Documents;
using RagConsole.Output;
using RagConsole.Passages;
using RagConsole.Updating;

namespace RagConsole.Commands;

/// <summary>Creates the command <c>watch [DIR...]</c>.</summary>
internal static class WatchCommand
{
    public static Command Create(Func<ModelChoice, string, Kernel> wire)
    {
        var folders = new Argument<string[]>("DIR")
        {
            Description = $"The folders with {DocumentFormats.Names}. Default: all folders of the database.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var (database, model) = (SharedOptions.Database(), SharedOptions.Model());
        var command = new Command(
            "watch",
            "Updates the database from folders, and then whenever files in them change, until Ctrl+C.")
        {
            folders, database, model,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(database) ?? Library.DefaultDatabase;
            var chosen = parsed.GetValue(folders) ?? [];
            try
            {
                await WatchAsync(wire, path, chosen, parsed.GetValue(model), cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Ctrl+C is the normal end of a watch.
                Status.Note("Stopped watching.");
            }

            return 0;
        });
        return command;
    }

    private static async Task WatchAsync(
        Func<ModelChoice, string, Kernel> wire,
        string database,
        string[] folders,
        JinaEmbeddingModel? model,
        CancellationToken cancellationToken)
    {
        if (folders.Length == 0)
        {
            var library = await LibraryHeader.ReadAsync(database, cancellationToken);
            if (library.Collections.Count == 0)
            {
                throw new InvalidOperationException(
                    $"The database {database} has no folders to watch. Pass folders: '{Tool.Name} watch DIR'.");
            }
        }

        if (!File.Exists(database))
        {
            // A mistake in the name of a folder does not create a database.
            Array.ForEach(folders, RequireFolder);
        }

        using var session = await Session.OpenForIngestAsync(wire, database, model, cancellationToken);
        var store = session.Kernel.GetRequiredService<PassageStore>();
        var roots = await AddAsync(store, database, folders, cancellationToken);
        await session.Kernel.GetRequiredService<FolderWatch>().RunAsync(roots, Report, Status.Warning, cancellationToken);
    }

    /// <summary>Adds the folders to the database, unless they are there already, and returns their absolute paths.</summary>
    private static async Task<IReadOnlyList<string>> AddAsync(
        PassageStore store, string database, string[] folders, CancellationToken cancellationToken)
    {
        using var acquired = await DatabaseLock.AcquireAsync(
            database, () => Status.Note(FolderRefresh.WaitMessage), cancellationToken);
        await store.OpenAsync(cancellationToken);
        var known = await store.ListFoldersAsync(cancellationToken);
        var roots = folders.Select(DocumentFolder.GetRoot).Distinct().ToList();
        roots.FindAll(root => !known.Exists(folder => folder.Root == root)).ForEach(RequireFolder);
        var catalog = new CollectionCatalog(store);
        foreach (var root in roots)
        {
            await catalog.AddAsync(root, name: null, cancellationToken);
        }

        return roots;
    }

    private static void RequireFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(
                $"The folder {folder} does not exist. Pass a folder that contains {DocumentFormats.Names}.");
        }
    }

    private static void Report(FolderCollection folder, IngestCounts counts) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{TimeProvider.System.GetLocalNow():HH:mm:ss}  {folder.Name}: {counts.Embedded:N0} passages embedded, "
        + $"{counts.Removed:N0} removed."));
}
