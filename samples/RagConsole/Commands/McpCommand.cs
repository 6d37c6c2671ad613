using System.CommandLine;
using Microsoft.SemanticKernel;
using RagConsole.Mcp;
using RagConsole.Output;
using RagConsole.Passages;

namespace RagConsole.Commands;

/// <summary>Creates the command <c>mcp [DIR...]</c>.</summary>
internal static class McpCommand
{
    private const int DefaultPort = 8090;

    public static Command Create(Func<ModelChoice, string, Kernel> wire)
    {
        var folders = new Argument<string[]>("DIR")
        {
            Description = "Folders to index and to keep up to date. Subfolders are included.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var collection = new Option<string?>("--collection")
        {
            Description = "The name of the folder for searches. Default: made from the name of the folder.",
            HelpName = "NAME",
        };
        var http = new Option<int?>("--http")
        {
            Description = $"Serve HTTP on 127.0.0.1 instead of stdin and stdout. Default port: {DefaultPort}; 0 is a free port.",
            HelpName = "PORT",
            Arity = ArgumentArity.ZeroOrOne,
        };
        http.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !ushort.TryParse(token.Value, out _))
            {
                result.AddError($"--http expects a port from 0 to {ushort.MaxValue}, but got {token.Value}. Write folders before --http.");
            }
        });
        var (database, model) = (SharedOptions.Database(), SharedOptions.Model());
        database.Description = "The database, one SQLite file. Default: a file for these folders in the user's application data.";
        const string Summary = "Serves your files to editors and agents through the Model Context Protocol: tools to search and to read. "
            + "Without DIR and --db, it serves the corpus of the sample.";
        var command = new Command("mcp", Summary) { folders, database, model, collection, http };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = CreateSettings(parsed.GetValue(folders)!, parsed.GetValue(database), parsed.GetValue(collection)) with
            {
                Model = parsed.GetValue(model),
            };
            var library = new ServedLibrary(wire, settings);
            await (parsed.GetResult(http) is null
                ? McpHost.RunStdioAsync(library, cancellationToken)
                : McpHost.RunHttpAsync(library, parsed.GetValue(http) ?? DefaultPort, cancellationToken));
        });
        return command;
    }

    private static McpSettings CreateSettings(string[] folders, string? database, string? collection)
    {
        var paths = folders.Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))).Distinct().ToArray();
        if (paths.FirstOrDefault(path => !Directory.Exists(path)) is { } missing)
        {
            throw new DirectoryNotFoundException($"The folder {missing} does not exist. Pass a folder that contains documents.");
        }

        if (collection is not null && paths.Length != 1)
        {
            throw new ArgumentException($"--collection names one folder, but {paths.Length} folders were given. Pass one folder.");
        }

        if (collection is not null && CollectionCatalog.FindFault(collection) is { } fault)
        {
            throw new ArgumentException(fault);
        }

        if (paths.Length == 0 && database is not null && !File.Exists(database))
        {
            throw new FileNotFoundException(
                $"The database {database} does not exist. Pass a folder to create it: {Tool.Name} mcp DIR --db {database}.");
        }

        if (paths.Length > 0 || database is not null)
        {
            return new McpSettings(paths, database ?? DatabasePlace.For(paths), Model: null, collection);
        }

        Status.Note("No folder was given, so the server serves the corpus of the sample. To serve your own files, pass a folder.");
        return new McpSettings([Path.Combine(AppContext.BaseDirectory, "corpus")], ":memory:", Model: null, collection);
    }
}
