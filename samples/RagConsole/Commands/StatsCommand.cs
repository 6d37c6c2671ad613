using System.CommandLine;
using System.Globalization;
using RagConsole.Output;
using RagConsole.Passages;
using Spectre.Console;
using Status = RagConsole.Output.Status;

namespace RagConsole.Commands;

/// <summary>Creates the command <c>stats</c>.</summary>
internal static class StatsCommand
{
    public static Command Create()
    {
        var (database, json) = (SharedOptions.Database(), SharedOptions.Json("one object"));
        var problems = new Option<bool>("--problems") { Description = "List the files that are not in the database, with the reasons." };
        var command = new Command("stats", "Shows the contents of a database.") { database, problems, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var library = await Library.ReadAsync(parsed.GetValue(database) ?? Library.DefaultDatabase, cancellationToken);
            switch (parsed.GetValue(problems), parsed.GetValue(json))
            {
                case (_, true):
                    StatsJson.Write(library, parsed.GetValue(problems));
                    break;
                case (true, _):
                    WriteProblems(library);
                    break;
                default:
                    WriteTables(library);
                    break;
            }
        });
        return command;
    }

    private static void WriteTables(Library library)
    {
        var symbols = Symbols.For(Console.OutputEncoding);
        var table = new Table { Border = symbols.Border, ShowHeaders = false }.AddColumns("", "");
        void Row(string name, string? value) => table.AddRow(new Text(name), new Text(value ?? symbols.Missing));
        Row("database", Printable.Name(library.Database));
        Row("size", string.Create(CultureInfo.InvariantCulture, $"{library.Bytes / 1e6:N1} MB"));
        Row("model", library.Model is { } model ? Printable.Name(model.Name) : null);
        Row("files", Format(library.Files.Count));
        Row("files with problems", Format(library.Problems.Count));
        Row("passages", Format(library.Passages));
        Row("last ingest", library.LastIngest is { } time ? Format(time) : null);
        AnsiConsole.Write(table);
        if (library.Collections.Count == 0)
        {
            return;
        }

        var collections = new Table { Border = symbols.Border }
            .AddColumns("collection", "folder", "files", "passages", "last ingest");
        foreach (var folder in library.Collections)
        {
            var files = library.Files.Where(file => file.Root == folder.Root).ToList();
            collections.AddRow(
                new Text(folder.Name),
                new Text(Printable.Name(folder.Root)),
                new Text(Format(files.Count)),
                new Text(Format(files.Sum(file => file.Passages))),
                new Text(folder.IngestedAt == default ? symbols.Missing : Format(folder.IngestedAt)));
        }

        AnsiConsole.Write(collections);
        if (library.Problems.Count > 0)
        {
            Status.Note($"To list the files with problems, run '{Tool.Name} stats --problems'.");
        }
    }

    private static void WriteProblems(Library library)
    {
        foreach (var file in library.Problems)
        {
            Console.WriteLine($"{Printable.Name(Path.Combine(file.Root, file.File))}: {Printable.Line(file.Problem)}");
        }

        foreach (var folder in library.Collections)
        {
            Array.ForEach(folder.GetNotListed(), line => Console.WriteLine($"{Printable.Name(folder.Root)}: {line}"));
        }
    }

    private static string Format(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Format(DateTime time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
