using System.Globalization;
using System.Text.Json;
using Jina.Embeddings.Tool.Evaluation;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Evaluation;

/// <summary>Reads SemEval's own files, and measures the demo model with two years of them.</summary>
public sealed class PublishedDataTests
{
    [Theory]
    [InlineData("sts12", 3108)]
    [InlineData("sts13", 1500)]
    [InlineData("sts14", 3750)]
    [InlineData("sts15", 3000)]
    [InlineData("sts16", 1186)]
    public void A_year_has_the_pairs_of_MTEB(string year, int pairs)
    {
        var task = Assert.IsType<SimilarityTask>(EvalTasks.Find(year));
        var outer = Path.GetDirectoryName(SharedData.RequirePath("sts"))!;

        var data = DataFolder.Find(task, outer, anyName: false);

        Assert.NotNull(data);
        var read = task.PairLayouts[data.Layout].Read(data.Path).ToArray();
        Assert.Equal((pairs, pairs), (task.Pairs, read.Length));
        Assert.All(read, pair => Assert.InRange(pair.Score, 0, 5));
        Assert.All(read, pair => Assert.False(string.IsNullOrWhiteSpace(pair.First) || string.IsNullOrWhiteSpace(pair.Second)));
    }

    [Theory]
    [InlineData("sts13")]
    [InlineData("sts16")]
    public async Task The_table_has_the_documented_score_of_the_demo_model(string year)
    {
        var folder = SharedData.RequirePath("sts", $"{year.ToUpperInvariant()}-en-test");

        var result = await Tool.RunAsync("eval", "seed-table", "--data", folder, "--model", Tool.DemoModel, "--json");

        var rows = Assert.Single(result.Json()).GetProperty("rows").EnumerateArray();
        var measured = Assert.Single(rows, row => row.GetProperty("score").ValueKind == JsonValueKind.Number);
        Assert.Equal(year, measured.GetProperty("task").GetString());
        var (score, mteb) = (measured.GetProperty("score").GetDouble(), measured.GetProperty("mteb").GetDouble());
        Assert.Equal(Documented("demo-en", year), score, 0.0002);
        Assert.Equal(Documented("s, MTEB", year), mteb, 1e-9);
        Assert.Equal(score - mteb, measured.GetProperty("mteb_difference").GetDouble(), 1e-9);
    }

    /// <summary>Returns a score in the table of published scores in docs/quality.md.</summary>
    private static double Documented(string model, string task)
    {
        string[][] table =
        [
            .. File.ReadLines(RepositoryFiles.Path("docs", "quality.md"))
                .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
                .SkipWhile(cells => !cells.Contains("model") || !cells.Contains(task)),
        ];
        var row = table.First(cells => cells.Contains(model));
        return double.Parse(row[Array.IndexOf(table[0], task)], CultureInfo.InvariantCulture);
    }
}
