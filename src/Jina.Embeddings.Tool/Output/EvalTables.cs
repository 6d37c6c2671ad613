using System.Globalization;
using Jina.Embeddings.Tool.Evaluation;
using Jina.Extensions.AI.Diagnostics;
using Spectre.Console;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Prints scores as tables, with the published scores of a model for comparison.</summary>
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
        WriteLine(title, new Style(decoration: Decoration.Bold));
        TableOutput.Write(grid);

        void Add(string label, string value) => grid.AddRow(new Text(label), new Text(value));

        void AddPublished(string source, double? value)
        {
            if (value is not null)
            {
                Add(
                    $"{published!.Name}, {source}",
                    $"{Labels[scores.Measures[0].Name]} {Score(value)}, {Difference(scores.Main - value)} here");
            }
        }
    }

    /// <param name="rows">The rows of the table.</param>
    /// <param name="model">The name of the measured model.</param>
    /// <param name="precision">The name of its precision.</param>
    /// <param name="published">The model whose published scores are in the rows.</param>
    public static void Write(IReadOnlyList<SeedRow> rows, string model, string precision, PublishedModel published)
    {
        var table = new Table()
            .Border(TableOutput.Border)
            .Title(Markup.Escape($"{PrintableText.Name(model)}, {precision}"))
            .AddColumn(new TableColumn("").NoWrap());
        foreach (var name in (string[])["score", "card", "difference", "MTEB", "difference"])
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach (var row in rows)
        {
            table.AddRow(
                row.Task.Name,
                Score(row.Score),
                Score(row.Published.Card),
                Difference(row.CardDifference),
                Score(row.Published.Mteb),
                Difference(row.MtebDifference));
        }

        TableOutput.Write(table);
        WriteLine(
            "Spearman for STS, otherwise nDCG@10. A dash means no data or no published score. "
            + $"Scores of {published.Name}: the card has those first published, of earlier weights; MTEB has those of the final weights.");
        if (PublishedModel.Find(model) != published)
        {
            WriteLine($"{model} is another model; --published s|b|l chooses the model to compare with.");
        }
    }

    private static void WriteLine(string text, Style? style = null)
    {
        TableOutput.Write(new Text($"{PrintableText.Message(text)}\n", style));
    }

    private static string Score(double? value) => Format(value, "0.0000");

    private static string Difference(double? value) => Format(value, "+0.0000;-0.0000;0.0000");

    private static string Format(double? value, string format) =>
        value is { } number && double.IsFinite(number) ? number.ToString(format, CultureInfo.InvariantCulture) : "-";
}
