using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Commands;

public sealed class EvalTests : IDisposable
{
    private const string Pairs =
        "A man plays the guitar.\tA man plays the guitar.\nIt rains.\tA train leaves the station at nine.\n"
        + "The cat sleeps on the old sofa.\tThe cat sleeps on the new sofa.\nno\tscore\n";

    private const string Gold = "5\n0.0\n3.8\n\n";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Json_is_one_object_with_the_measures_and_the_count()
    {
        WriteSts17();

        var result = await Eval("sts17", "--json");

        var json = Assert.Single(result.Lines());
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["task", "spearman", "pearson", "pairs"], json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("sts17", 3), (json.GetProperty("task").GetString(), json.GetProperty("pairs").GetInt32()));
        Assert.Equal(1, json.GetProperty("spearman").GetDouble(), 1e-9);
        Assert.InRange(json.GetProperty("pearson").GetDouble(), 0.5, 0.999999);
        Assert.Equal("sts17 has 3 pairs here and 250 in MTEB: do not compare with published scores.", result.Error.Trim());
    }

    [Fact]
    public async Task The_output_includes_the_published_scores()
    {
        WriteSts17();

        var result = await Eval("sts17", "--published", "b");

        Assert.Equal(0, result.ExitCode);
        Assert.All(
            (string[])
            [
                "sts17: demo-en, fp32", "Spearman", "1.0000", "Pearson", "jina-embedding-b-en-v1, card", "0.8800, +0.1200 here", "0.8898",
            ],
            words => Assert.Contains(words, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_undefined_correlation_is_null()
    {
        Write("STS17/STS.input.track5.en-en.txt", "a\tb\n");
        Write("STS17/STS.gs.track5.en-en.txt", "1\n");

        Assert.Equal(JsonValueKind.Null, Assert.Single((await Eval("sts17", "--json")).Lines()).GetProperty("spearman").ValueKind);
    }

    [Fact]
    public async Task Retrieval_finds_documents_with_the_words_of_the_query()
    {
        WriteScifact(documents: 30);

        var json = Assert.Single((await Eval("scifact", "--json")).Lines());

        Assert.Equal(
            ["task", "ndcg_at_10", "recall_at_10", "recall_at_100", "mrr_at_10", "queries", "documents"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal((2, 30), (json.GetProperty("queries").GetInt32(), json.GetProperty("documents").GetInt32()));
        Assert.All(
            (string[])["ndcg_at_10", "recall_at_10", "recall_at_100", "mrr_at_10"],
            name => Assert.Equal(1, json.GetProperty(name).GetDouble(), 9));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("late")]
    public async Task Chunks_rank_documents_by_their_best_sentence(string kind)
    {
        WriteScifact(documents: 30);

        var result = await Eval("scifact", "--chunks", kind, "--json");

        var json = Assert.Single(result.Lines());
        Assert.Equal(
            ["task", "chunks", "ndcg_at_10", "recall_at_10", "recall_at_100", "mrr_at_10", "queries", "documents", "chunk_count"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(kind, Text(json, "chunks"));
        Assert.Equal(31, json.GetProperty("chunk_count").GetInt32());
        Assert.Equal(1, json.GetProperty("recall_at_10").GetDouble(), 9);
        Assert.Equal(
            "scifact ranks documents by their best sentence here: do not compare with published scores.", result.Error.Trim());
    }

    [Fact]
    public async Task The_title_of_a_table_names_the_chunks()
    {
        WriteScifact(documents: 5);

        var result = await Eval("scifact", "--chunks", "late", "--published", "s");

        Assert.Contains("scifact: demo-en, fp32, late chunks", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("jina-embedding-s-en-v1", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reranking_returns_the_mean_average_precision()
    {
        Write(
            "askubuntu-dup/test.jsonl",
            "{\"query\":\"How do I install a printer?\",\"positive\":[\"How to install a printer?\"],"
            + "\"negative\":[\"The sky is blue.\",\"Cats sleep.\"]}\n");

        var json = Assert.Single((await Eval("askubuntu-dup", "--json")).Json());

        Assert.Equal("""{"task":"askubuntu-dup","map":1,"mrr_at_10":1,"queries":1}""", json.GetRawText());
    }

    [Fact]
    public async Task The_table_has_the_score_the_published_score_and_the_difference()
    {
        WriteSts17();
        WriteScifact(documents: 5);

        var json = Assert.Single((await Eval("seed-table", "--json")).Lines());
        var table = await Eval("seed-table", "--published", "l");

        Assert.Equal(
            ("seed-table", "demo-en", "jina-embedding-s-en-v1"), (Text(json, "task"), Text(json, "model"), Text(json, "published")));
        var rows = json.GetProperty("rows").EnumerateArray().ToDictionary(row => Text(row, "task")!);
        Assert.Equal(["sts12", "sts13", "sts14", "sts15", "sts16", "sts17", "trec-covid", "quora", "scifact"], rows.Keys);
        Assert.Equal(
            """{"task":"sts12","score":null,"card":0.736,"card_difference":null,"mteb":0.74277,"mteb_difference":null}""",
            rows["sts12"].GetRawText());
        Assert.Equal(1 - 0.868, rows["sts17"].GetProperty("card_difference").GetDouble(), 1e-9);
        Assert.Equal(1 - 0.52399, rows["scifact"].GetProperty("mteb_difference").GetDouble(), 1e-9);
        Assert.All(
            (string[])["0.8850", "+0.1150", "jina-embedding-l-en-v1", "demo-en is another model"],
            words => Assert.Contains(words, table.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_table_reports_incomplete_data()
    {
        WriteSts17();
        Write("STS13/STS.input.FNWN.txt", Pairs);
        Write("quora/notes.txt", "");

        var some = await Eval("seed-table", "--json");
        File.Delete(_folder.File("STS17/STS.gs.track5.en-en.txt"));
        var none = await Eval("seed-table", "--json");

        Assert.Equal(0, some.ExitCode);
        Assert.Equal(
            [
                $"{_folder.File("STS13")}: The data of sts13 is incomplete; missing STS.gs.FNWN.txt, STS.input.headlines.txt, "
                    + "STS.gs.headlines.txt, STS.input.OnWN.txt, STS.gs.OnWN.txt.",
                $"{_folder.File("quora")}: The folder has no data of quora; found notes.txt.",
                "sts17 has 3 pairs here and 250 in MTEB: do not compare with published scores.",
            ],
            some.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        none.AssertFailed(1, "no data for the table", "data of sts13 is incomplete", "data of sts17 is incomplete", "Expected folders");
    }

    [Fact]
    public async Task A_killed_run_resumes()
    {
        const int Documents = 4000;
        WriteScifact(Documents);
        var vectors = await KillInTheMiddleAsync();
        var before = File.ReadAllBytes(vectors);
        Assert.InRange(before.Length, 1, (Documents * 256 * sizeof(float)) - 1);

        // A vector that no model returns shows that the second run does not compute it again.
        var marked = before.Length / (256 * sizeof(float)) > 1 ? 256 * sizeof(float) : 0;
        before.AsSpan(marked, 256 * sizeof(float)).Clear();
        File.WriteAllBytes(vectors, before);
        var json = Assert.Single((await Eval("scifact", "--json")).Lines());

        Assert.Equal(Documents, json.GetProperty("documents").GetInt32());
        Assert.Equal(1, json.GetProperty("ndcg_at_10").GetDouble(), 9);
        var after = File.ReadAllBytes(vectors);
        Assert.Equal(Documents * 256 * sizeof(float), after.Length);
        var whole = before.Length - (before.Length % (256 * sizeof(float)));
        Assert.True(after.AsSpan(0, whole).SequenceEqual(before.AsSpan(0, whole)));
    }

    [Fact]
    public async Task Errors_are_one_line()
    {
        Write("STS17/STS.input.track5.en-en.txt", "a\tb\n");
        Write("STS17/STS.gs.track5.en-en.txt", "good\n");

        (await Eval("sts17")).AssertFailed(1, "STS.gs.track5.en-en.txt, line 1", "'good'");
        (await Eval("quora")).AssertFailed(1, _folder.Path, "no data of quora", "found STS17", "corpus.jsonl");
        (await Tool.RunAsync("eval", "sts17", "--model", Tool.DemoModel, "--data", _folder.File("none"))).AssertFailed(
            1, _folder.File("none"), "--data");
        var missing = await Tool.RunAsync("eval", "seed-table", "--model", Tool.DemoModel, "--data", _folder.File("STS17/none"));
        missing.AssertFailed(1, "does not exist");
    }

    [Theory]
    [InlineData("'sts18' is not a task", "sts18", "--data", ".")]
    [InlineData("--published is 'x'", "sts12", "--data", ".", "--published", "x")]
    [InlineData("--data", "sts12")]
    [InlineData("--chunks is 'x'; expected plain or late", "scifact", "--data", ".", "--chunks", "x")]
    [InlineData("--chunks needs a task of retrieval; expected scifact", "sts12", "--data", ".", "--chunks", "late")]
    [InlineData("--chunks needs a task of retrieval", "seed-table", "--data", ".", "--chunks", "plain")]
    public async Task Wrong_usage_is_reported(string words, params string[] arguments) =>
        (await Tool.RunAsync(["eval", .. arguments, "--model", Tool.DemoModel])).AssertFailed(2, words);

    public void Dispose() => _folder.Dispose();

    private Task<ToolResult> Eval(string task, params string[] options) => Tool.RunAsync([.. Arguments(task), .. options]);

    private string[] Arguments(string task) =>
        ["eval", task, "--data", _folder.Path, "--model", Tool.DemoModel, "--work", _folder.File("work")];

    private async Task<string> KillInTheMiddleAsync()
    {
        using var run = Tool.Start(Arguments("scifact"));
        try
        {
            while (!run.HasExited)
            {
                if (FindVectors() is { } vectors && new FileInfo(vectors).Length > 0)
                {
                    return vectors;
                }

                await Task.Delay(5, TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            run.Kill();
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        throw new UnreachableException("The run ended before a vector was written.");
    }

    private string? FindVectors() => Directory.Exists(_folder.File("work"))
        ? Directory.EnumerateFiles(_folder.File("work"), "vectors.f32", SearchOption.AllDirectories).FirstOrDefault()
        : null;

    private void WriteSts17()
    {
        Write("STS17/STS.input.track5.en-en.txt", Pairs);
        Write("STS17/STS.gs.track5.en-en.txt", Gold);
    }

    private void WriteScifact(int documents)
    {
        var texts = Enumerable.Range(0, documents).Select(i => i switch
        {
            0 => "{\"_id\":\"rain\",\"title\":\"Rain gauge\",\"text\":\"Empty the funnel of the rain gauge every morning.\"}",
            3 => "{\"_id\":\"oil\",\"title\":\"\",\"text\":\"Oil the bearing of the anemometer twice a year.\"}",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"_id\":\"{i}\",\"text\":\"Number {i} of the list is about numbers, and {i * 7} follows {i * 5}; "
                + $"it never answers a query, however long it gets.\"}}"),
        });
        Write("scifact/corpus.jsonl", string.Join('\n', texts));
        Write(
            "scifact/queries.jsonl",
            "{\"_id\":\"q1\",\"text\":\"When is the funnel of the rain gauge emptied?\"}\n"
            + "{\"_id\":\"q2\",\"text\":\"How often is the bearing of the anemometer oiled?\"}\n");
        Write("scifact/qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\train\t1\nq2\toil\t1\n");
    }

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
        File.WriteAllText(_folder.File(file), text);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
