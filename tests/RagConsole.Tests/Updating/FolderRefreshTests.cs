using RagConsole.Passages;
using RagConsole.Updating;

namespace RagConsole.Tests.Updating;

public sealed class FolderRefreshTests : IDisposable
{
    private const string Before = "Empty the funnel every morning.";
    private const string After = "Empty the funnel every evening.";

    private readonly IndexedDocs _docs = new();

    [Fact]
    public async Task A_file_with_the_recorded_size_and_times_is_not_read()
    {
        var file = _docs.Write("rain.md", Before);
        await _docs.IngestAsync();
        ReplaceSecretly(file);

        Assert.False((await _docs.RefreshAsync())!.HasChanges);
        var counts = await _docs.IngestAsync(readAll: true);

        Assert.Equal((1, 2, 1), (counts.Embedded, counts.Unchanged, counts.Removed));
    }

    [Fact]
    public async Task A_file_that_was_modified_just_before_it_was_read_is_read_again()
    {
        var file = _docs.Write("rain.md", Before);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow);
        await _docs.IngestAsync();
        ReplaceSecretly(file);

        var counts = await _docs.RefreshAsync();

        Assert.Equal((1, 1), (counts!.Embedded, counts.Removed));
    }

    [Fact]
    public async Task A_file_that_only_got_another_time_is_not_embedded_again()
    {
        var file = _docs.Write("rain.md", Before, hoursAgo: 3);
        await _docs.IngestAsync();
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.Date.AddHours(-2));

        Assert.False((await _docs.RefreshAsync())!.HasChanges);
        ReplaceSecretly(file);

        // The new time was recorded, so the file is not read.
        Assert.False((await _docs.RefreshAsync())!.HasChanges);
    }

    [Fact]
    public async Task Nothing_is_removed_because_a_folder_is_missing_or_empty()
    {
        await _docs.IngestAsync();
        var moved = $"{_docs.Path}-moved";
        Directory.Move(_docs.Path, moved);
        try
        {
            Assert.False((await _docs.RefreshAsync())!.HasChanges);
            Directory.CreateDirectory(_docs.Path);
            Assert.False((await _docs.RefreshAsync())!.HasChanges);
            Directory.Delete(_docs.Path);
        }
        finally
        {
            Directory.Move(moved, _docs.Path);
        }

        Assert.Contains("does not exist now. Its passages stay", _docs.Lines[0], StringComparison.Ordinal);
        Assert.Contains("no longer contains documents. Its passages stay", _docs.Lines[1], StringComparison.Ordinal);
        Assert.Equal(3, (await _docs.FindAsync("wind")).Count);
    }

    [Fact]
    public async Task A_file_with_a_problem_is_reported_once_and_parsed_again_when_it_changes_or_if_requested()
    {
        await _docs.IngestAsync();
        var file = _docs.Write("scan.html", "<script>draw()</script>", hoursAgo: 3);
        for (var i = 0; i < 2; i++)
        {
            var counts = await _docs.RefreshAsync();
            Assert.Equal((4, 1, 0), (counts!.Files, counts.WithoutText, counts.Skipped));
        }

        Assert.StartsWith("Found no text in scan.html: ", Assert.Single(_docs.Lines), StringComparison.Ordinal);
        await _docs.IngestAsync(readAll: true);
        Assert.Equal(2, _docs.Lines.Count);

        var library = await Library.ReadAsync(_docs.Database, TestContext.Current.CancellationToken);
        var problem = Assert.Single(library.Problems);
        Assert.Equal(("scan.html", true), (problem.File, problem.IsWithoutText));

        File.WriteAllText(file, "<p>Snow covers the dome.</p>");
        Assert.Equal(0, (await _docs.RefreshAsync())!.WithoutText);
        Assert.Equal("scan.html", (await _docs.FindAsync("Is there snow on the dome?"))[0]);
    }

    [Fact]
    public async Task An_unreadable_file_keeps_its_passages_and_is_not_embedded_again_when_it_is_restored()
    {
        var file = _docs.Write("rain.md", Before);
        await _docs.IngestAsync();
        File.WriteAllBytes(file, [0, 1]);

        Assert.Equal(1, (await _docs.RefreshAsync())!.Skipped);
        Assert.Contains("rain.md", await _docs.FindAsync("When is the funnel emptied?"));
        File.WriteAllText(file, Before);
        var counts = await _docs.RefreshAsync();

        Assert.Equal((0, 0, 0), (counts!.Skipped, counts.Embedded, counts.Removed));
    }

    [Fact]
    public async Task A_file_that_is_not_ingested_is_reported_once_and_listed()
    {
        _docs.Write("empty.md", "");
        await _docs.IngestAsync();
        await _docs.IngestAsync();
        await _docs.RefreshAsync();

        const string Line = "Skipped empty.md: it is empty or not a regular file.";
        Assert.Equal([Line], _docs.Lines);
        var library = await Library.ReadAsync(_docs.Database, TestContext.Current.CancellationToken);
        Assert.Equal([Line], Assert.Single(library.Collections).GetNotListed());
    }

    [Fact]
    public async Task A_refresh_is_skipped_with_a_note_while_another_process_updates_the_database()
    {
        await _docs.IngestAsync();
        _docs.Write("new.md", "Snow covers the dome.");
        using (DatabaseLock.TryAcquire(_docs.Database))
        {
            Assert.Null(await _docs.RefreshAsync());
        }

        Assert.StartsWith("Another process is updating the database.", Assert.Single(_docs.Lines), StringComparison.Ordinal);
        Assert.Equal(1, (await _docs.RefreshAsync())!.Embedded);
    }

    public void Dispose() => _docs.Dispose();

    /// <summary>Changes the content of a file, but not its size and times.</summary>
    private static void ReplaceSecretly(string file)
    {
        var time = File.GetLastWriteTimeUtc(file);
        File.WriteAllText(file, After);
        File.SetLastWriteTimeUtc(file, time);
    }
}
