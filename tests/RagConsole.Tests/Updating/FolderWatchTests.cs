using System.Threading.Channels;
using RagConsole.Passages;
using RagConsole.Updating;

namespace RagConsole.Tests.Updating;

/// <summary>Tests a watch in the process of the test.</summary>
public sealed class FolderWatchTests : IAsyncDisposable
{
    private readonly IndexedDocs _docs = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Channel<IngestCounts> _updates = Channel.CreateUnbounded<IngestCounts>();
    private readonly Channel<string> _warnings = Channel.CreateUnbounded<string>();
    private Task _watch = Task.CompletedTask;

    [Fact]
    public async Task Changes_are_followed_with_the_touched_files_only()
    {
        await StartAsync();
        _docs.Write("new.md", "Snow covers the dome of the pyranometer.");
        var created = await NextAsync();
        File.Move(Path.Combine(_docs.Path, "new.md"), Path.Combine(_docs.Path, "snow.md"));
        var renamed = await NextAsync();
        File.Delete(Path.Combine(_docs.Path, "snow.md"));
        var deleted = await NextAsync();

        // Each update examined only the files that exist at the touched paths.
        Assert.Equal([(1, 1, 0), (1, 1, 1), (0, 0, 1)], new[] { created, renamed, deleted }.Select(Describe));
    }

    [Fact]
    public async Task A_folder_that_appears_and_disappears_is_followed()
    {
        await StartAsync();
        var outside = $"{_docs.Path}-outside";
        Directory.Move(Path.Combine(_docs.Path, "more"), outside);
        var disappeared = await NextAsync();
        Directory.Move(outside, Path.Combine(_docs.Path, "again"));
        var appeared = await NextAsync();

        Assert.Equal([(2, 0, 1), (3, 1, 0)], new[] { disappeared, appeared }.Select(Describe));
    }

    [Fact]
    public async Task A_missing_folder_loses_nothing_and_is_followed_when_it_is_back()
    {
        await StartAsync();
        var moved = $"{_docs.Path}-moved";
        Directory.Move(_docs.Path, moved);
        var warning = await _warnings.Reader.ReadAsync(TestContext.Current.CancellationToken);
        var found = await _docs.FindAsync("wind");
        await File.WriteAllTextAsync(Path.Combine(moved, "new.md"), "Snow covers the dome.", TestContext.Current.CancellationToken);
        Directory.Move(moved, _docs.Path);

        Assert.Contains("does not exist now. Its passages stay. Waiting until it is back.", warning, StringComparison.Ordinal);
        Assert.Equal(3, found.Count);
        Assert.Equal((4, 1, 0), Describe(await NextAsync()));
    }

    [Fact]
    public async Task A_folder_that_is_removed_from_the_database_is_no_longer_watched()
    {
        await StartAsync();
        var folder = Assert.Single(await _docs.Store.ListFoldersAsync(TestContext.Current.CancellationToken));
        await new CollectionCatalog(_docs.Store).RemoveAsync(folder, TestContext.Current.CancellationToken);
        _docs.Write("new.md", "Snow covers the dome.");

        // A folder that is added to the database later is watched.
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        Assert.Empty(await _docs.Store.ListFilesAsync(root: null, TestContext.Current.CancellationToken));
        Assert.Equal(4, (await _docs.IngestAsync()).Embedded);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _docs.Dispose();
    }

    private async Task StartAsync()
    {
        await _docs.IngestAsync();
        _watch = _docs.Get<FolderWatch>().RunAsync(
            [], (_, counts) => _updates.Writer.TryWrite(counts), line => _warnings.Writer.TryWrite(line), _stop.Token);
        await NextAsync();
    }

    private async Task<IngestCounts> NextAsync()
    {
        var next = _updates.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        await await Task.WhenAny(next, _watch);
        return await next;
    }

    private static (int Files, int Embedded, int Removed) Describe(IngestCounts counts) => (counts.Files, counts.Embedded, counts.Removed);
}
