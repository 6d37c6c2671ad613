using System.CommandLine;
using Microsoft.SemanticKernel;
using RagConsole.Documents;
using RagConsole.Output;
using RagConsole.Retrieval;

namespace RagConsole.CommandLine;

/// <summary><c>ingest DIR</c>.</summary>
internal static class IngestCommand
{
    public static Command Create(Func<ModelChoice, string, Kernel> wire)
    {
        var folder = new Argument<string>("DIR") { Description = $"The folder: its {DocumentFormat.Names} files, subfolders included." };
        var (database, model, json) = (SharedOptions.Database(), SharedOptions.Model(), SharedOptions.Json("the counts"));
        var command = new Command("ingest", "Brings the database up to date with a folder. Only new and changed files are embedded; it can be stopped and run again at any time.") { folder, database, model, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(database) ?? Library.DefaultDatabase;
            var documents = DocumentFolder.List(parsed.GetRequiredValue(folder), Status.Warning);
            if (documents.Entries.Count == 0 && !File.Exists(path))
            {
                throw documents.NothingToRead();
            }

            using var session = await Session.ForIngestAsync(wire, path, parsed.GetValue(model), cancellationToken);
            var counts = await session.IngestAsync(documents, cancellationToken);
            if (parsed.GetValue(json))
            {
                JsonOutput.WriteLine(writer =>
                {
                    writer.WriteNumber("files", counts.Files);
                    writer.WriteNumber("embedded", counts.Embedded);
                    writer.WriteNumber("unchanged", counts.Unchanged);
                    writer.WriteNumber("removed", counts.Removed);
                });
            }
            else
            {
                Console.WriteLine($"{path}: {counts.Files} files; {counts.Embedded} passages embedded, {counts.Unchanged} unchanged, {counts.Removed} removed.");
            }
        });
        return command;
    }
}
