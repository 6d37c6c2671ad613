using System.Globalization;
using Jina.Embeddings.Tool.Evaluation;
using Spectre.Console;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Shows scores to a human, beside what was published of the model.</summary>
internal static class EvalTables
{
    private static readonly Dictionary<string, string> Labels = new()
    {
        ["spearman"] = "Spearman",
        ["pearson"] = "Pearson",
        ["ndcg_at_10"] = "nDCG@10",
        ["recall_at_10"] = "recall@10",
        ["recall_at_100"] = "recall@100",
        ["mrr_at_10"] = "MRR@10",
        ["map"] = "MAP",
    };

    public static void Write(EvalScores scores, string title, PublishedModel? published)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (name, value) in scores.Measures)
        {
            Add(Labels[name], Score(value));
        }

        foreach (var (name, value) in scores.Counts)
        {
            Add(name, value.ToString("N0", CultureInfo.InvariantCulture));
        }

        var reported = published?.Score(scores.Task.Name) ?? default;
        AddPublished("card", reported.Card);
        AddPublished("MTEB", reported.Mteb);
        AnsiConsole.Write(new Text(title, new Style(decoration: Decoration.Bold)));
        AnsiConsole.WriteLine();
        AnsiConsole.Write(grid);

        void Add(string label, string value) => grid.AddRow(new Text(label), new Text(value));

        void AddPublished(string source, double? value)
        {
            if (value is not null)
            {
                Add($"{published!.Name}, {source}", $"{Labels[scores.Measures[0].Name]} {Score(value)}, {Difference(scores.Main - value)} here");
            }
        }
    }

    /// <param name="rows">The table's lines.</param>
    /// <param name="model">What was measured.</param>
    /// <param name="precision">In which arithmetic.</param>
    /// <param name="published">Whose published scores the lines have.</param>
    public static void Write(IReadOnlyList<SeedRow> rows, string model, string precision, PublishedModel published)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape($"{model}, {precision}")).AddColumn(new TableColumn("").NoWrap());
        foreach (var name in (string[])["score", "card", "difference", "MTEB", "difference"])
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Task.Name, Score(row.Score), Score(row.Published.Card), Difference(row.CardDifference), Score(row.Published.Mteb), Difference(row.MtebDifference));
        }

        AnsiConsole.Write(table);
        AnsiConsole.Write(new Text($"Spearman for STS, else nDCG@10. -: no data here, or nothing published. Of {published.Name}: card as first published, of earlier weights; MTEB of the final ones."));
        AnsiConsole.WriteLine();
        if (PublishedModel.Of(model) != published)
        {
            AnsiConsole.Write(new Text($"{model} is another model; --published s|b|l chooses whose scores stand beside."));
            AnsiConsole.WriteLine();
        }
    }

    private static string Score(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("0.0000", CultureInfo.InvariantCulture) : "-";

    private static string Difference(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture) : "-";
}
