using System.CommandLine;
using System.Globalization;
using Jina.VectorData.Sqlite;
using Microsoft.Data.Sqlite;
using RagConsole.Output;
using RagConsole.Passages;
using RagConsole.Updating;

namespace RagConsole.Commands;

/// <summary>Creates the command <c>forget NAME</c>.</summary>
internal static class ForgetCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("NAME")
        {
            Description = "The name or the folder of a collection. 'stats' lists the collections.",
            Arity = ArgumentArity.OneOrMore,
        };
        var database = SharedOptions.Database();
        var command = new Command("forget", "Removes folders from the database. The files in the folders are not changed.")
        {
            names, database,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(database) ?? Library.DefaultDatabase;
            var library = await LibraryHeader.ReadAsync(path, cancellationToken);
            var folders = CollectionCatalog.Find(library.Collections, parsed.GetRequiredValue(names)).Distinct().ToList();

            using var acquired = await DatabaseLock.AcquireAsync(
                path, () => Status.Note(FolderRefresh.WaitMessage), cancellationToken);
            using var vectors = new SqliteVectorStore(Library.GetConnectionString(path, SqliteOpenMode.ReadWrite));
            var catalog = new CollectionCatalog(new PassageStore(vectors));
            foreach (var folder in folders)
            {
                var removed = await catalog.RemoveAsync(folder, cancellationToken);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Printable.Name(path)}: removed {folder.Name} ({Printable.Name(folder.Root)}), {removed:N0} passages."));
            }
        });
        return command;
    }
}
