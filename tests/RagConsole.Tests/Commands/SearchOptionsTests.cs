using System.Text.Json;
using Jina.Testing;
using RagConsole.Updating;

namespace RagConsole.Tests.Commands;

/// <summary>Tests the options of <c>ask</c> and the commands around collections, as a user runs them.</summary>
public sealed class SearchOptionsTests : IDisposable
{
    private readonly WeatherDocs _docs = new();
    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("rag.db");

    [Fact]
    public async Task Ask_brings_the_database_up_to_date_unless_it_must_not()
    {
        await RunAsync("ingest", _docs.Path, "--model", "demo");
        await WriteAsync("snow.md", "Snow covers the dome of the pyranometer.");

        var outdated = await RunAsync("ask", "Is there snow on the dome?", "--no-refresh", "--top", "1");
        var updated = await RunAsync("ask", "Is there snow on the dome?", "--top", "1");
        var quiet = await RunAsync("ask", "Is there snow on the dome?", "--top", "1");

        Assert.DoesNotContain("snow.md", outdated.Output, StringComparison.Ordinal);
        Assert.StartsWith("Updated the database: 1 passages embedded, 0 removed.\n", updated.Error, StringComparison.Ordinal);
        Assert.Contains($"{_docs.Path}/snow.md:1-1\n", updated.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Updated", quiet.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_passage_is_one_line_of_JSON_with_its_collection_and_context()
    {
        await RunAsync("ingest", _docs.Path, "--model", "demo", "--collection", "weather");

        var run = await RunAsync(
            "ask", "Who oils the bearing?", "--json-lines", "--context", "1", "--collection", "Weather", "--path", "*.txt");

        using var json = JsonDocument.Parse(Assert.Single(run.Output.TrimEnd().Split('\n')));
        var source = json.RootElement;
        Assert.Equal(Path.Combine(_docs.Path, "wind.txt"), source.GetProperty("path").GetString());
        Assert.Equal("wind.txt", source.GetProperty("file").GetString());
        Assert.Equal("weather", source.GetProperty("collection").GetString());
        Assert.Equal((1, 3), (source.GetProperty("startLine").GetInt32(), source.GetProperty("endLine").GetInt32()));
        Assert.True(source.GetProperty("score").GetDouble() > 0);
        Assert.Equal(1, source.GetProperty("contextStartLine").GetInt32());
        Assert.Equal(
            ["The anemometer turns with its three cups.", "", "Oil the bearing of the anemometer twice a year."],
            source.GetProperty("context").EnumerateArray().Select(line => line.GetString()));
    }

    [Fact]
    public async Task Context_lines_have_numbers_as_in_grep()
    {
        var text = string.Concat(Enumerable.Range(1, 5).Select(line => $"Line {line}.\n\n# Part {line}\n\n"));
        await WriteAsync("more/lines.md", text);

        var run = await RagProcess.RunAsync(
            ["ask", "Line 3", "--docs", "more", "--model", "demo", "--top", "1", "-C", "1", "--hybrid", "--path", "lines.md"],
            workingDirectory: _docs.Path);

        var lines = run.Output.Split('\n');
        Assert.Matches(@"^1\. 0\.\d+  more/lines\.md:\d+-\d+$", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("    9: Line 3.", StringComparison.Ordinal));
        Assert.Contains(lines, line => line is "    6-" or "   10-" or "   12-");
    }

    [Fact]
    public async Task A_folder_is_renamed_listed_and_forgotten()
    {
        await RunAsync("ingest", _docs.Path, "--model", "demo");
        await WriteAsync("scan.txt", "  \n");
        await RunAsync("ingest", _docs.Path, "--collection", "weather");

        var stats = await RunAsync("stats", "--json", "--problems");
        var unknown = await RunAsync("forget", "climate");
        var forgotten = await RunAsync("forget", "weather");
        var empty = await RunAsync("stats", "--json");

        using var json = JsonDocument.Parse(stats.Output);
        var collection = Assert.Single(json.RootElement.GetProperty("collections").EnumerateArray());
        Assert.Equal(("weather", 4), (collection.GetProperty("name").GetString(), collection.GetProperty("files").GetInt32()));
        var problem = Assert.Single(json.RootElement.GetProperty("problems").EnumerateArray());
        Assert.Equal(Path.Combine(_docs.Path, "scan.txt"), problem.GetProperty("path").GetString());
        Assert.Equal("it contains only white space.", problem.GetProperty("reason").GetString());
        Assert.Equal(1, unknown.ExitCode);
        Assert.Equal("error: The database has no collection 'climate'. Its collections are: weather.\n", unknown.Error);
        Assert.Equal($"{Database}: removed weather ({_docs.Path}), 3 passages.\n", forgotten.Output);
        using var nothing = JsonDocument.Parse(empty.Output);
        Assert.Equal(0, nothing.RootElement.GetProperty("passages").GetInt32());
        Assert.True(File.Exists(Path.Combine(_docs.Path, "rain.md")));
    }

    [Fact]
    public async Task A_second_ingest_waits_for_the_first_one()
    {
        using var cache = new TemporaryFolder();
        var acquired = DatabaseLock.TryAcquire(Database)!;
        using var process = RagProcess.Start(["ingest", _docs.Path, "--db", Database, "--model", "demo"], cache);
        var line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        acquired.Dispose();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("Another process is updating the database. Waiting until it is done.", line);
        Assert.Equal(0, process.ExitCode);
    }

    public void Dispose()
    {
        _docs.Dispose();
        _folder.Dispose();
    }

    private Task WriteAsync(string file, string text) =>
        File.WriteAllTextAsync(Path.Combine(_docs.Path, file), text, TestContext.Current.CancellationToken);

    private Task<RagProcess> RunAsync(params string[] args) => RagProcess.RunAsync([.. args, "--db", Database]);
}
