using System.Text.Json;
using Jina.Testing;

namespace RagConsole.Tests.Commands;

public sealed class EvaluateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Every_kind_of_search_is_measured_over_a_corpus()
    {
        Write("corpus.jsonl", """
            {"_id":"1","title":"Rain","text":"Empty the funnel of the rain gauge every morning."}
            {"_id":"2","text":"Oil the bearing of the anemometer twice a year."}
            """);
        Write("queries.jsonl", """
            {"_id":"q1","text":"When is the funnel of the rain gauge emptied?"}
            {"_id":"q2","text":"How often is the bearing oiled?"}
            {"_id":"q3","text":"This query was not judged."}
            """);
        Write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\t1\t1\nq2\t2\t1\n");

        var run = await RagProcess.RunAsync(["evaluate", _folder.Path, "--json"]);
        var table = await RagProcess.RunAsync(["evaluate", _folder.Path]);

        Assert.Equal(0, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(2, json.RootElement.GetProperty("documents").GetInt32());
        Assert.Equal(2, json.RootElement.GetProperty("queries").GetInt32());
        Assert.Equal("test", json.RootElement.GetProperty("split").GetString());
        var scores = json.RootElement.GetProperty("ndcg@10").EnumerateObject().ToDictionary(score => score.Name, score => score.Value);
        string[] fused = ["0.1", "0.2", "0.3", "0.5", "0.7"];
        Assert.Equal(
            [
                "vector", "keyword", "hybrid",
                .. fused.Select(weight => $"reciprocal rank {weight}"),
                .. fused.Select(weight => $"convex {weight}"),
            ],
            scores.Keys);
        Assert.All(scores.Values, score => Assert.Equal(1, score.GetDouble(), 9));
        Assert.Equal(
            scores.Keys.Select(name => $"  {name,-19} 1.0000").Prepend("nDCG@10 over 2 queries (test), 2 documents, demo-en:"),
            table.Output.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task The_split_selects_the_queries()
    {
        Write("corpus.jsonl", """
            {"_id":"1","text":"Empty the funnel of the rain gauge every morning."}
            {"_id":"2","text":"Oil the bearing of the anemometer twice a year."}
            """);
        Write("queries.jsonl", """
            {"_id":"q1","text":"When is the funnel of the rain gauge emptied?"}
            {"_id":"q2","text":"How often is the bearing oiled?"}
            """);
        Write("qrels/train.tsv", "query-id\tcorpus-id\tscore\nq2\t2\t1\n");
        Write("qrels/dev.tsv", "query-id\tcorpus-id\tscore\nq3\t2\t1\n");

        var train = await RagProcess.RunAsync(["evaluate", _folder.Path, "--queries", "train", "--json"]);
        var dev = await RagProcess.RunAsync(["evaluate", _folder.Path, "--queries", "dev"]);
        var missing = await RagProcess.RunAsync(["evaluate", _folder.Path]);

        using var json = JsonDocument.Parse(train.Output);
        Assert.Equal("train", json.RootElement.GetProperty("split").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("queries").GetInt32());
        Assert.Equal((1, ""), (dev.ExitCode, dev.Output));
        Assert.Contains("qrels/dev.tsv has no judgment of a query in queries.jsonl", dev.Error, StringComparison.Ordinal);
        Assert.Equal((1, ""), (missing.ExitCode, missing.Output));
        Assert.Contains(Path.Combine("qrels", "test.tsv"), missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_line_is_named()
    {
        Write("corpus.jsonl", "{\"_id\":\"1\",\"text\":\"a\"}\n{\"id\":\"2\"}\n");
        Write("queries.jsonl", "");
        Write("qrels/test.tsv", "query-id\tcorpus-id\tscore\n");

        var run = await RagProcess.RunAsync(["evaluate", _folder.Path]);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("corpus.jsonl, line 2: expected a JSON object with _id and text; found", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
        File.WriteAllText(_folder.File(file), text);
    }
}
