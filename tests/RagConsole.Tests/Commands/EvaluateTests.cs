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

        Assert.Equal(0, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(2, json.RootElement.GetProperty("documents").GetInt32());
        Assert.Equal(2, json.RootElement.GetProperty("queries").GetInt32());
        var scores = json.RootElement.GetProperty("ndcg@10");
        Assert.All(["vector", "keyword", "hybrid"], kind => Assert.Equal(1, scores.GetProperty(kind).GetDouble(), 9));
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
