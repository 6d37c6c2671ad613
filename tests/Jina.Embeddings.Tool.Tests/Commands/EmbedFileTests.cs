using System.Text;
using System.Text.Json;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Commands;

public sealed class EmbedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Shards_that_were_killed_and_continued_merge_to_the_output_of_one_process()
    {
        var input = await WriteInputAsync(1500);
        string[] embed = ["embed", "--model", Tool.DemoModel, "--input", input, "--jsonl", "--id-field", "key"];
        var whole = await Tool.RunAsync(embed);
        string[] first = [.. embed, "--shard", "0/2", "--output", _folder.File("v-{shard}.jsonl"), "--resume"];

        await KillAfterFirstRecordsAsync(first, _folder.File("v-00000-of-00002.jsonl.part"));
        Assert.Equal(0, (await Tool.RunAsync(first)).ExitCode);
        var second = await Tool.RunAsync(
            new Dictionary<string, string> { ["JOB_COMPLETION_INDEX"] = "1" },
            [.. embed, "--shard", "auto/2", "--output", _folder.File("v-{shard}.jsonl"), "--progress", "json"]);
        var merge = await Tool.RunAsync(
            "merge", _folder.File("v-00000-of-00002.jsonl"), _folder.File("v-00001-of-00002.jsonl"),
            "--input", input, "--jsonl", "--id-field", "key", "--output", _folder.File("all.jsonl"));

        var last = JsonDocument.Parse(second.Error.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.True(last.GetProperty("done").GetBoolean());
        Assert.Equal(750, last.GetProperty("records").GetInt32());
        Assert.Equal(0, merge.ExitCode);
        Assert.Contains("1,500 records of 2 files, each once", merge.Error, StringComparison.Ordinal);
        var merged = (await File.ReadAllLinesAsync(_folder.File("all.jsonl"), Token)).Select(Parse).ToList();
        var expected = whole.Json();
        Assert.Equal(expected.Count, merged.Count);
        foreach (var (one, other) in expected.Zip(merged))
        {
            Assert.Equal(one.GetProperty("index").GetInt32(), other.GetProperty("index").GetInt32());
            Assert.Equal(one.GetProperty("id").GetString(), other.GetProperty("id").GetString());
            Assert.Equal(one.GetProperty("tokens").GetInt32(), other.GetProperty("tokens").GetInt32());
            Tolerance.SameModel.AssertEqual(Vector(one), Vector(other));
        }
    }

    [Fact]
    public async Task A_merge_names_missing_and_repeated_records_and_writes_nothing()
    {
        await File.WriteAllLinesAsync(_folder.File("0.jsonl"), [Line(0, "a"), Line(2, "c"), Line(6, "a")], Token);
        await File.WriteAllLinesAsync(_folder.File("1.jsonl"), [Line(1, "b"), Line(2, "c")], Token);

        var result = await Tool.RunAsync(
            "merge", _folder.File("0.jsonl"), _folder.File("1.jsonl"), "--count", "8", "--output", _folder.File("all.parquet"));

        result.AssertFailed(
            1,
            "4 records missing (index 3, 4, 5, 7)",
            "1 records repeated (index 2)",
            "1 records with the ID of an earlier record (index 6)");
        Assert.False(File.Exists(_folder.File("all.parquet")));
    }

    [Fact]
    public async Task A_merge_compares_the_IDs_of_the_input()
    {
        var input = await WriteInputAsync(3);
        await File.WriteAllLinesAsync(_folder.File("0.jsonl"), [Line(0, "k0"), Line(1, "other"), Line(2, "k2")], Token);

        var result = await Tool.RunAsync(
            "merge", _folder.File("0.jsonl"), "--input", input, "--jsonl", "--id-field", "key", "--output", _folder.File("all.npy"));

        result.AssertFailed(1, "1 records with another ID than in the input (index 1)");
    }

    [Theory]
    [InlineData("1 records with or without an ID, unlike the first (index 1)", "{\"index\":1,\"tokens\":1,\"embedding\":[1,1]}")]
    [InlineData("1 records with another number of components than the first (index 1)", "{\"index\":1,\"id\":\"b\",\"embedding\":[1]}")]
    [InlineData("line 2: This is not a whole line", "{\"index\":1,\"id\":\"b\",\"tokens\":1,\"embedding\":[1,1]}{\"index\":2}")]
    [InlineData("1 records with components that are not those of --embedding-type int8 (index 0)", "", "--embedding-type", "int8")]
    [InlineData("8,999,999,999,999,999,999 records missing (index 1, 2, 3, 4, 5, ...)", "", "--count", "9000000000000000000")]
    public async Task A_merge_rejects_parts_that_do_not_belong_together(string problem, string second, params string[] options)
    {
        var part = _folder.File("0.jsonl");
        await File.WriteAllTextAsync(part, $"{Line(0, "a")}\n{second}{(second.Length > 0 ? "\n" : "")}", Token);

        var result = await Tool.RunAsync(["merge", part, "--output", _folder.File("all.parquet"), .. options]);

        result.AssertFailed(1, problem);
        Assert.False(File.Exists(_folder.File("all.parquet")));
    }

    [Theory]
    [InlineData(2, "--resume needs a file", "--resume")]
    [InlineData(2, "--format needs a file", "--format", "npy")]
    [InlineData(2, "--output is ''; expected the name of a file", "--output", "")]
    [InlineData(2, "npy files contain only vectors", "--output", "a.npy", "--id-field", "id", "--jsonl")]
    [InlineData(2, "--id-field needs records with fields", "--id-field", "id")]
    [InlineData(2, "shard 4 of 4 does not exist", "--shard", "4/4")]
    [InlineData(2, "--embedding-type is 'double'; expected float, int8 or binary", "--embedding-type", "double")]
    [InlineData(2, "--progress is 'much'", "--progress", "much")]
    [InlineData(1, "The folder of the file does not exist", "--output", "/missing/a.jsonl")]
    public async Task Invalid_options_are_reported(int exitCode, string problem, params string[] options) =>
        (await Tool.RunWithInputAsync("a\n", ["embed", "--model", Tool.DemoModel, .. options])).AssertFailed(exitCode, problem);

    [Theory]
    [InlineData("int8", -127, 127)]
    [InlineData("binary", 0, 255)]
    public async Task Quantized_vectors_are_integers(string type, int least, int most)
    {
        var result = await Tool.RunWithInputAsync("Hello", "embed", "--model", Tool.DemoModel, "--embedding-type", type);

        var line = Assert.Single(result.Json());
        var components = line.GetProperty("embedding").EnumerateArray().Select(component => component.GetInt32()).ToList();
        Assert.Equal(type == "binary" ? 32 : 256, components.Count);
        Assert.All(components, component => Assert.InRange(component, least, most));
    }

    private static async Task KillAfterFirstRecordsAsync(string[] arguments, string part)
    {
        using var run = Tool.Start(arguments);
        run.StandardInput.Close();
        while (!run.HasExited && !(File.Exists(part) && new FileInfo(part).Length > 0))
        {
            await Task.Delay(5, Token);
        }

        run.Kill();
        await run.WaitForExitAsync(Token);
        Assert.NotEqual(0, run.ExitCode);
    }

    private static JsonElement Parse(string line) => JsonDocument.Parse(line).RootElement;

    private static float[] Vector(JsonElement line) =>
        [.. line.GetProperty("embedding").EnumerateArray().Select(component => component.GetSingle())];

    private static string Line(int index, string id) => $"{{\"index\":{index},\"id\":\"{id}\",\"tokens\":1,\"embedding\":[0.5,{index}]}}";

    private async Task<string> WriteInputAsync(int count)
    {
        var text = new StringBuilder();
        for (var number = 0; number < count; number++)
        {
            var words = string.Join(' ', Enumerable.Range(0, 20 + (number % 40)).Select(word => $"word{(number * word) % 997}"));
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{{\"key\":\"k{number}\",\"text\":\"{words}\"}}\n");
        }

        await File.WriteAllTextAsync(_folder.File("texts.jsonl"), text.ToString(), Token);
        return _folder.File("texts.jsonl");
    }
}
