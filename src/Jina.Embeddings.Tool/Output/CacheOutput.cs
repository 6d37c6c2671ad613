using System.Globalization;
using Jina.Extensions.AI;
using Spectre.Console;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Prints models of the cache: as a table on a terminal, else one per line with tabs between, folder last.</summary>
internal static class CacheOutput
{
    public static void Write(IReadOnlyList<CachedModel> models, string cache, bool removed)
    {
        if (Console.IsOutputRedirected)
        {
            foreach (var model in models)
            {
                Console.WriteLine(string.Join('\t', model.Repository, model.Commit ?? "-", model.Bytes.ToString(CultureInfo.InvariantCulture), State(model), model.Folder));
            }
        }
        else if (models.Count > 0)
        {
            AnsiConsole.Write(Table(models));
        }

        var bytes = models.Sum(model => model.Bytes);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(removed ? "Removed" : "Found")} {models.Count} in {cache}, {bytes / 1e6:F1} MB."));
    }

    private static Table Table(IReadOnlyList<CachedModel> models)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Model", "Commit", "State").AddColumn("MB", column => column.RightAligned());
        foreach (var model in models)
        {
            table.AddRow(Markup.Escape(model.Repository), model.Commit?[..Math.Min(12, model.Commit.Length)] ?? "-", State(model), (model.Bytes / 1e6).ToString("F1", CultureInfo.InvariantCulture));
        }

        return table;
    }

    private static string State(CachedModel model) => (model.IsComplete, model.IsNeeded) switch
    {
        (true, true) => "complete",
        (true, false) => "complete, no name leads to it",
        _ => "incomplete",
    };
}
