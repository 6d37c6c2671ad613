using System.Security.Cryptography;
using System.Text.Json;
using Jina.Testing;
using Microsoft.Data.Sqlite;
using RagConsole.Documents;
using RagConsole.Passages;
using RagConsole.Tests.Documents;

namespace RagConsole.Tests.Passages;

public sealed class IngestTests : IDisposable
{
    private readonly WeatherDocs _docs = new();
    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("rag.db");

    [Fact]
    public async Task Only_new_and_changed_files_are_embedded()
    {
        Assert.Equal((3, 3, 0, 0), await IngestAsync());
        Assert.Equal((3, 0, 3, 0), await IngestAsync());

        await WriteAsync("rain.md", "The funnel is emptied in the evening.");
        await WriteAsync("new.md", "Snow covers the dome of the pyranometer.");
        File.Delete(Path.Combine(_docs.Path, "wind.txt"));

        Assert.Equal((3, 2, 1, 2), await IngestAsync());
        Assert.Equal(["rain.md"], await FilesAsync("When is the funnel emptied?", 1));
        Assert.DoesNotContain("wind.txt", await FilesAsync("the bearing of the anemometer", 10));
    }

    [Fact]
    public async Task An_empty_file_loses_its_passages_and_a_binary_file_keeps_them()
    {
        await IngestAsync();
        await WriteAsync("rain.md", "");
        await File.WriteAllBytesAsync(Path.Combine(_docs.Path, "wind.txt"), [0, 1], TestContext.Current.CancellationToken);

        // A file that is no longer text may have been replaced by mistake: it is reported and keeps its passages.
        Assert.Equal((2, 0, 2, 1), await IngestAsync());
    }

    [Fact]
    public async Task Files_with_problems_are_reported_once_and_counted_at_every_ingest()
    {
        await IngestAsync();
        await WriteAsync("rain.md", " \n\t");
        await WriteAsync("app.html", "<title>App</title><script>render()</script>");
        await File.WriteAllBytesAsync(Path.Combine(_docs.Path, "wind.txt"), [0, 1], TestContext.Current.CancellationToken);

        foreach (var (removed, warnings) in new[] { (1, 3), (0, 0) })
        {
            var run = await RagProcess.RunAsync(["ingest", _docs.Path, "--db", Database, "--json"]);

            using var json = JsonDocument.Parse(run.Output);
            int Number(string name) => json.RootElement.GetProperty(name).GetInt32();
            Assert.Equal((0, 4, removed), (run.ExitCode, Number("files"), Number("removed")));
            Assert.Equal((2, 1, 2), (Number("withoutText"), Number("skipped"), Number("unchanged")));
            Assert.Equal(warnings, run.Error.Split('\n').Count(line => line.StartsWith("warning", StringComparison.Ordinal)));
        }

        await WriteAsync("rain.md", "\n\n");
        await File.WriteAllBytesAsync(Path.Combine(_docs.Path, "wind.txt"), [0, 2], TestContext.Current.CancellationToken);
        var text = await RagProcess.RunAsync(["ingest", _docs.Path, "--db", Database]);

        Assert.EndsWith("; 2 files without text, 1 skipped.\n", text.Output, StringComparison.Ordinal);
        Assert.Contains("warning: Found no text in rain.md: it contains only white space.\n", text.Error, StringComparison.Ordinal);
        Assert.Contains("warning: Skipped wind.txt: it is not a text file.", text.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("app.html", text.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unchanged_file_is_not_parsed_again()
    {
        // Windows-1252 is reported by the reader of the format.
        var file = Path.Combine(_docs.Path, "wind.txt");
        await File.WriteAllBytesAsync(file, [.. "Oil the caf"u8, 0xE9], TestContext.Current.CancellationToken);
        string[] ingest = ["ingest", _docs.Path, "--db", Database, "--model", "demo"];

        var first = await RagProcess.RunAsync(ingest);
        var second = await RagProcess.RunAsync(ingest);
        await File.WriteAllBytesAsync(file, [.. "Oil the caf"u8, 0xE8], TestContext.Current.CancellationToken);
        var third = await RagProcess.RunAsync(ingest);

        Assert.Contains("warning: wind.txt: ", first.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", second.Error, StringComparison.Ordinal);
        Assert.Contains("0 passages embedded, 3 unchanged, 0 removed;", second.Output, StringComparison.Ordinal);
        Assert.Contains("warning: wind.txt: ", third.Error, StringComparison.Ordinal);
        Assert.Contains("1 passages embedded, 2 unchanged, 1 removed;", third.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_an_earlier_version_are_ingested_again_once()
    {
        await IngestAsync();
        var path = Path.Combine(_docs.Path, "rain.md");
        var content = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        using (var connection = new SqliteConnection(Library.GetConnectionString(Database)))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                """
                UPDATE passages SET Key = replace(Key, (SELECT Version FROM files WHERE files.Source = passages.Source), substr($1, 1, 16))
                WHERE Source LIKE '%rain.md';
                UPDATE files SET Hash = $1, Version = substr($1, 1, 16), Stamp = '' WHERE Source LIKE '%rain.md'
                """;
            command.Parameters.AddWithValue("$1", Convert.ToHexString(SHA256.HashData(content)));
            Assert.Equal(2, command.ExecuteNonQuery());
        }

        Assert.Equal((3, 1, 2, 1), await IngestAsync());
        Assert.Equal((3, 0, 3, 0), await IngestAsync());
        Assert.Equal(3, (await Library.ReadAsync(Database, TestContext.Current.CancellationToken)).Passages);
    }

    [Fact]
    public async Task Files_of_another_model_with_the_same_name_are_ingested_again()
    {
        await IngestAsync();
        using var other = new TemporaryFolder();
        DemoModelCopy.To(other);
        Directory.Move(other.Path, $"{other.Path}-moved");
        Directory.CreateDirectory(other.Path);
        Directory.Move($"{other.Path}-moved", other.File("demo-en"));

        var run = await RagProcess.RunAsync(["ingest", _docs.Path, "--db", Database, "--model", other.File("demo-en")]);

        Assert.Contains("3 passages embedded, 0 unchanged, 3 removed;", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hostile_file_is_skipped_with_one_line_and_the_others_are_ingested()
    {
        await WriteAsync("deep.html", string.Concat(Enumerable.Repeat("<div>", 50_000)));
        await File.WriteAllBytesAsync(
            Path.Combine(_docs.Path, "large.pdf"), PdfBombs.CreateCompressedTwice(), TestContext.Current.CancellationToken);
        await WriteAsync("snow.html", "<p>Snow covers the dome of the pyranometer.</p>");

        var run = await RagProcess.RunAsync(["ingest", _docs.Path, "--db", Database, "--model", "demo"]);

        Assert.Equal(
            (0, $"{Database}: 6 files; 4 passages embedded, 0 unchanged, 0 removed; 0 files without text, 2 skipped.\n"),
            (run.ExitCode, run.Output));
        Assert.Equal(
            [
                "warning: Skipped deep.html: its elements are nested more than 512 levels deep.",
                $"warning: Skipped large.pdf: {DocumentReader.TooMuchMemory}",
            ],
            run.Error.Split('\n').Where(line => line.StartsWith("warning", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_web_page_is_shown_with_its_title_in_place_of_lines()
    {
        await WriteAsync("snow.html", "<title>Snow\n guide</title><p>Snow covers the dome of the pyranometer.</p>");
        await IngestAsync();

        var text = await RagProcess.RunAsync(["ask", "Does snow cover the dome?", "--db", Database, "--top", "1"]);
        var json = await RagProcess.RunAsync(["ask", "Does snow cover the dome?", "--db", Database, "--top", "1", "--json"]);

        Assert.EndsWith($"  {_docs.Path}/snow.html (Snow guide)", text.Output.Split('\n')[0], StringComparison.Ordinal);
        using var found = JsonDocument.Parse(json.Output);
        Assert.Equal("Snow guide", found.RootElement.GetProperty("sources")[0].GetProperty("title").GetString());
    }

    [Fact]
    public async Task The_model_is_reported_once_per_database()
    {
        var created = await RagProcess.RunAsync(["ingest", _docs.Path, "--db", Database, "--model", "demo"]);
        var updated = await RagProcess.RunAsync(["ingest", _docs.Path, "--db", Database]);
        var asked = await RagProcess.RunAsync(["ask", "rain", "--db", Database]);

        Assert.Equal("Model: demo-en (as requested; the demo model is weaker than the published models).\n", created.Error);
        Assert.Equal("", updated.Error);
        Assert.DoesNotContain("Model: ", asked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_its_files_loses_its_passages()
    {
        await IngestAsync();
        Directory.Delete(_docs.Path, recursive: true);
        Directory.CreateDirectory(_docs.Path);

        Assert.Equal((0, 0, 0, 3), await IngestAsync());
    }

    [Fact]
    public async Task A_folder_that_never_contained_documents_is_an_error_and_a_database_is_not_created()
    {
        using var empty = new TemporaryFolder();

        var run = await RagProcess.RunAsync(["ingest", empty.Path, "--db", Database]);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"error: Found no text to read in {empty.Path}.", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Database));
    }

    [Fact]
    public async Task Folders_of_one_database_do_not_affect_each_other()
    {
        using var other = new WeatherDocs();
        await IngestAsync();

        Assert.Equal((3, 3, 0, 0), await IngestAsync(other.Path));
        Assert.Equal((3, 0, 3, 0), await IngestAsync());
    }

    [Fact]
    public async Task Hybrid_search_finds_a_rare_word()
    {
        await WriteAsync("code.md", "Error E-4711 means that the heater is broken.");
        await IngestAsync();

        Assert.Equal("code.md", (await FilesAsync("What does E-4711 mean?", 1, "--hybrid"))[0]);
    }

    [Fact]
    public async Task Stats_show_the_contents()
    {
        await IngestAsync();

        var run = await RagProcess.RunAsync(["stats", "--db", Database, "--json"]);

        using var json = JsonDocument.Parse(run.Output);
        var stats = json.RootElement;
        Assert.Equal((3, 3), (stats.GetProperty("files").GetInt32(), stats.GetProperty("passages").GetInt32()));
        Assert.Equal("demo-en", stats.GetProperty("model").GetString());
        Assert.Equal(new FileInfo(Database).Length, stats.GetProperty("bytes").GetInt64());
        Assert.Equal([_docs.Path], stats.GetProperty("folders").EnumerateArray().Select(folder => folder.GetString()));
    }

    [Fact]
    public async Task A_database_of_another_model_is_rejected_with_both_names()
    {
        await IngestAsync();
        using var other = new TemporaryFolder();
        DemoModelCopy.To(other);

        var run = await RagProcess.RunAsync(["ask", "rain", "--db", Database, "--model", other.Path]);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("of the model 'demo-en'", run.Error, StringComparison.Ordinal);
        Assert.Contains($"the embedding generator is '{Path.GetFileName(other.Path)}'", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ask", "rain")]
    [InlineData("stats")]
    [InlineData("ingest", ".")]
    public async Task A_file_that_is_not_a_database_is_rejected_and_not_changed(params string[] args)
    {
        await File.WriteAllTextAsync(Database, new string('x', 5000), TestContext.Current.CancellationToken);

        var run = await RagProcess.RunAsync([.. args, "--db", Database]);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        var line = run.Error.TrimEnd().Split('\n')[^1];
        Assert.StartsWith($"error: The file '{Database}' is not a SQLite database.", line, StringComparison.Ordinal);
        Assert.Equal(5000, new FileInfo(Database).Length);
    }

    [Fact]
    public async Task A_database_that_is_named_must_exist()
    {
        var run = await RagProcess.RunAsync(["ask", "rain", "--db", Database]);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"error: The database {Database} does not exist. Create one with 'jina-rag ingest DIR --db {Database}'.\n", run.Error);
    }

    public void Dispose()
    {
        _docs.Dispose();
        _folder.Dispose();
    }

    private Task WriteAsync(string file, string text) =>
        File.WriteAllTextAsync(Path.Combine(_docs.Path, file), text, TestContext.Current.CancellationToken);

    private async Task<(int Files, int Embedded, int Unchanged, int Removed)> IngestAsync(string? docs = null)
    {
        var run = await RagProcess.RunAsync(["ingest", docs ?? _docs.Path, "--db", Database, "--model", "demo", "--json"]);
        Assert.Equal(0, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        int Number(string name) => json.RootElement.GetProperty(name).GetInt32();
        return (Number("files"), Number("embedded"), Number("unchanged"), Number("removed"));
    }

    private async Task<string[]> FilesAsync(string question, int top, params string[] more)
    {
        var run = await RagProcess.RunAsync(["ask", question, "--db", Database, "--top", $"{top}", "--json", .. more]);
        Assert.Equal(0, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        return [.. json.RootElement.GetProperty("sources").EnumerateArray().Select(source => source.GetProperty("file").GetString()!)];
    }
}
