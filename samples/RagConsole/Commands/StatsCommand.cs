using System.CommandLine;
using System.Globalization;
using RagConsole.Output;
using RagConsole.Passages;
using Spectre.Console;

namespace RagConsole.Commands;

/// <summary>Creates the command <c>stats</c>.</summary>
internal static class StatsCommand
{
    public static Command Create()
    {
        var (database, json) = (SharedOptions.Database(), SharedOptions.Json("one object"));
        var command = new Command("stats", "Shows the contents of a database.") { database, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var library = await Library.ReadAsync(parsed.GetValue(database) ?? Library.DefaultDatabase, cancellationToken);
            if (parsed.GetValue(json))
            {
                WriteJson(library);
            }
            else
            {
                WriteTable(library);
            }
        });
        return command;
    }

    private static void WriteJson(Library library) => JsonOutput.Write(json =>
    {
        json.WriteString("database", library.Database);
        json.WriteNumber("bytes", library.Bytes);
        json.WriteString("model", library.Model?.Name);
        json.WriteNumber("files", library.Files.Count);
        json.WriteNumber("passages", library.Passages);
        json.WriteStartArray("folders");
        foreach (var folder in library.Folders)
        {
            json.WriteStringValue(folder);
        }

        json.WriteEndArray();
        if (library.LastIngest is { } time)
        {
            json.WriteString("lastIngest", time);
        }
    });

    private static void WriteTable(Library library)
    {
        var symbols = Symbols.For(Console.OutputEncoding);
        var table = new Table { Border = symbols.Border, ShowHeaders = false }.AddColumns("", "");
        void Row(string name, string? value) => table.AddRow(new Text(name), new Text(value ?? symbols.Missing));
        Row("database", Printable.Name(library.Database));
        Row("size", string.Create(CultureInfo.InvariantCulture, $"{library.Bytes / 1e6:N1} MB"));
        Row("model", library.Model is { } model ? Printable.Name(model.Name) : null);
        Row("files", library.Files.Count.ToString("N0", CultureInfo.InvariantCulture));
        Row("passages", library.Passages.ToString("N0", CultureInfo.InvariantCulture));
        Row("folders", string.Join('\n', library.Folders.Select(Printable.Name)));
        Row("last ingest", library.LastIngest?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        AnsiConsole.Write(table);
    }
}
