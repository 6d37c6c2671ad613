using System.Globalization;
using Jina.Extensions.AI;
using Spectre.Console;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Prints cached models: as a table on a terminal, otherwise one per line, separated by tabs and with the folder last.</summary>
internal static class CacheOutput
{
    /// <param name="models">The models to print.</param>
    /// <param name="cache">The path of the cache.</param>
    /// <param name="action">The first word of the summary on stderr.</param>
    public static void Write(IReadOnlyList<CachedModel> models, string cache, string action)
    {
        if (Console.IsOutputRedirected)
        {
            foreach (var model in models)
            {
                var bytes = model.Bytes.ToString(CultureInfo.InvariantCulture);
                Console.WriteLine(string.Join('\t', model.Repository, model.Commit ?? "-", bytes, State(model), model.DirectoryPath));
            }
        }
        else if (models.Count > 0)
        {
            TableOutput.Write(Table(models));
        }

        var total = models.Sum(model => model.Bytes);
        StatusLine.Write(string.Create(CultureInfo.InvariantCulture, $"{action} {models.Count} in {cache}, {total / 1e6:F1} MB."));
    }

    private static Table Table(IReadOnlyList<CachedModel> models)
    {
        var table = new Table()
            .Border(TableOutput.Border)
            .AddColumns("Model", "Commit", "State")
            .AddColumn("MB", column => column.RightAligned());
        foreach (var model in models)
        {
            table.AddRow(
                Markup.Escape(model.Repository),
                model.Commit?[..Math.Min(12, model.Commit.Length)] ?? "-",
                State(model),
                (model.Bytes / 1e6).ToString("F1", CultureInfo.InvariantCulture));
        }

        return table;
    }

    private static string State(CachedModel model) => (model.IsComplete, model.IsNeeded) switch
    {
        (true, true) => "complete",
        (true, false) => "complete, not referenced",
        _ => "incomplete",
    };
}
