using System.CommandLine;
using System.Globalization;
using Microsoft.SemanticKernel;
using RagConsole.Documents;
using RagConsole.Output;
using RagConsole.Passages;

namespace RagConsole.Commands;

/// <summary>Creates the command <c>ingest DIR</c>.</summary>
internal static class IngestCommand
{
    public static Command Create(Func<ModelChoice, string, Kernel> wire)
    {
        var folder = new Argument<string>("DIR")
        {
            Description = $"The folder with {DocumentFormat.Names} files. Subfolders are included.",
        };
        var (database, model, json) = (SharedOptions.Database(), SharedOptions.Model(), SharedOptions.Json("the counts"));
        var command = new Command(
            "ingest",
            "Updates the database from a folder. Only new and changed files are embedded. You can stop it and run it again at any time.")
        {
            folder, database, model, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(database) ?? Library.DefaultDatabase;
            var documents = DocumentFolder.List(parsed.GetRequiredValue(folder), Status.Warning);
            if (documents.Entries.Count == 0 && !File.Exists(path))
            {
                throw documents.CreateEmptyException();
            }

            using var session = await Session.OpenForIngestAsync(wire, path, parsed.GetValue(model), cancellationToken);
            var counts = await session.IngestAsync(documents, cancellationToken);
            if (parsed.GetValue(json))
            {
                WriteJson(counts);
            }
            else
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Printable.Name(path)}: {counts.Files:N0} files; {counts.Embedded:N0} passages embedded, "
                    + $"{counts.Unchanged:N0} unchanged, {counts.Removed:N0} removed; "
                    + $"{counts.WithoutText:N0} files without text, {counts.Skipped:N0} skipped."));
            }
        });
        return command;
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
