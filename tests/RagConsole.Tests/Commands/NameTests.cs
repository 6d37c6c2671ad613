using System.Text.Json;
using Jina.Testing;

namespace RagConsole.Tests.Commands;

/// <summary>Tests files whose names are hard to tell apart or must not reach a terminal.</summary>
public sealed class NameTests : IDisposable
{
    private static readonly string[] Names =
    [
        @"a\b.md", "a/b.md", "A.md", "a.md", "gr\u00fcn.md", "gru\u0308n.md", "c#1 [draft] .md", "e\u001b[2J\u001b]0;x\u0007.md",
        "f\nwarning: forged.md", "g\u202etxt.md", "h\u009b31m.md", "i\u2028j.md", "'k\";--.md",
    ];

    private readonly TemporaryFolder _docs = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Every_file_is_ingested_once_and_found_under_its_own_name()
    {
        WriteAll();

        Assert.Equal((Names.Length, 0), await IngestAsync());
        Assert.Equal((0, Names.Length), await IngestAsync());

        var run = await AskAsync("--json");
        using var json = JsonDocument.Parse(run.Output);
        var files = json.RootElement.GetProperty("sources").EnumerateArray().Select(source => source.GetProperty("file").GetString()!);
        Assert.Equal(Names.Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
        AssertPrintable(run);
    }

    [Fact]
    public async Task Nothing_that_is_printed_contains_an_invisible_character_of_a_name()
    {
        WriteAll();
        await IngestAsync();

        var run = await AskAsync();
        var stats = await RagProcess.RunAsync(["stats", "--db", Database]);

        Assert.Contains(@"/f\u000awarning: forged.md:1-1", run.Output, StringComparison.Ordinal);
        Assert.Contains(@"/e\u001b[2J\u001b]0;x\u0007.md:1-1", run.Output, StringComparison.Ordinal);
        Assert.Contains(@"/g\u202etxt.md:1-1", run.Output, StringComparison.Ordinal);
        AssertPrintable(run);
        AssertPrintable(stats);
    }

    [Fact]
    public async Task Names_of_databases_and_folders_are_escaped_in_every_output()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows rejects such names.");
        var docs = _docs.File("d\u001b[1m\ne");
        Directory.CreateDirectory(docs);
        await File.WriteAllTextAsync(Path.Combine(docs, "a.md"), "Rain.", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(docs, "b\u001b.txt"), [0, 1], TestContext.Current.CancellationToken);
        var database = _folder.File("r#\u001b ;?.db");

        var runs = new[]
        {
            await RagProcess.RunAsync(["ingest", docs, "--db", database, "--model", "demo"]),
            await RagProcess.RunAsync(["stats", "--db", database]),
            await RagProcess.RunAsync(["stats", "--db", database, "--json"]),
            await RagProcess.RunAsync(["ask", "rain", "--db", database, "--model", "none\u001b"]),
            await RagProcess.RunAsync(["ask", "rain", "--docs", "none\u001b"]),
            await RagProcess.RunAsync(["ask\u001b"]),
        };

        Assert.Equal([0, 0, 0, 2, 1, 2], runs.Select(run => run.ExitCode));
        Assert.Contains(@"Skipped b\u001b.txt: ", runs[0].Error, StringComparison.Ordinal);
        Assert.All(runs, AssertPrintable);
    }

    public void Dispose()
    {
        _docs.Dispose();
        _folder.Dispose();
    }

    private string Database => _folder.File("rag.db");

    private static void AssertPrintable(RagProcess run) => Assert.DoesNotContain(
        run.Output + run.Error,
        c => (char.IsControl(c) && c != '\n') || c is '\u2028' or '\u202e');

    private void WriteAll()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems reject some of the names.");
        foreach (var name in Names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_docs.File(name))!);
            File.WriteAllText(_docs.File(name), $"Rain number {Array.IndexOf(Names, name)}.");
        }
    }

    private Task<RagProcess> AskAsync(params string[] more) =>
        RagProcess.RunAsync(["ask", "rain", "--db", Database, "--top", "100", .. more]);

    private async Task<(int Embedded, int Unchanged)> IngestAsync()
    {
        var run = await RagProcess.RunAsync(["ingest", _docs.Path, "--db", Database, "--model", "demo", "--json"]);
        Assert.Equal(0, run.ExitCode);
        AssertPrintable(run);
        using var json = JsonDocument.Parse(run.Output);
        return (json.RootElement.GetProperty("embedded").GetInt32(), json.RootElement.GetProperty("unchanged").GetInt32());
    }
}
