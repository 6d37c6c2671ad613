using RagConsole.Passages;

namespace RagConsole.Tests.Passages;

public sealed class CollectionCatalogTests : IDisposable
{
    private readonly IndexedDocs _docs = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_are_those_of_the_folders_and_unique()
    {
        await _docs.Store.OpenAsync(Cancellation);
        var catalog = new CollectionCatalog(_docs.Store);

        Assert.Equal("notes", (await catalog.AddAsync("/a/notes", name: null, Cancellation)).Name);
        Assert.Equal("Notes-2", (await catalog.AddAsync("/b/Notes", name: null, Cancellation)).Name);
        Assert.Equal("root", (await catalog.AddAsync("/", name: null, Cancellation)).Name);
        Assert.Equal("notes", (await catalog.AddAsync("/a/notes", name: null, Cancellation)).Name);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => catalog.AddAsync("/c", "NOTES", Cancellation));
        Assert.Equal("The collection NOTES is the folder /a/notes. Pass another name with --collection.", error.Message);
    }

    [Fact]
    public async Task A_renamed_collection_is_not_embedded_again()
    {
        await _docs.IngestAsync(name: "one");
        var counts = await _docs.IngestAsync(name: "two");

        Assert.Equal((0, 3), (counts.Embedded, counts.Unchanged));
        Assert.Equal("two", Assert.Single(await _docs.Store.ListFoldersAsync(Cancellation)).Name);
    }

    [Fact]
    public async Task A_removed_collection_leaves_nothing_and_others_stay()
    {
        await _docs.IngestAsync();
        var catalog = new CollectionCatalog(_docs.Store);
        var other = await catalog.AddAsync("/other", name: null, Cancellation);
        var known = await _docs.Store.ListFoldersAsync(Cancellation);

        Assert.Equal(3, await catalog.RemoveAsync(CollectionCatalog.Find(known, [_docs.Path])[0], Cancellation));

        Assert.Equal([other], await _docs.Store.ListFoldersAsync(Cancellation));
        Assert.Empty(await _docs.Store.ListFilesAsync(root: null, Cancellation));
        Assert.Empty(await _docs.FindAsync("wind"));
    }

    [Fact]
    public void An_unknown_collection_is_rejected_with_the_known_ones()
    {
        FolderCollection[] known = [new() { Name = "docs", Root = "/docs" }, new() { Name = "notes", Root = "/notes" }];

        var error = Assert.Throws<KeyNotFoundException>(() => CollectionCatalog.Find(known, ["Notes", "nodes"]));
        Assert.Equal("The database has no collection 'nodes'. Its collections are: docs, notes.", error.Message);
        Assert.Throws<KeyNotFoundException>(() => CollectionCatalog.Find(known, [""]));
        Assert.StartsWith(
            "The database has no collections, so 'nodes' was not found.",
            Assert.Throws<KeyNotFoundException>(() => CollectionCatalog.Find([], ["nodes"])).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("notes", true)]
    [InlineData(" ", false)]
    [InlineData("a\nb", false)]
    [InlineData("\u202ex", false)]
    public void Names_are_not_empty_and_have_no_invisible_characters(string name, bool isValid) =>
        Assert.Equal(isValid, CollectionCatalog.FindFault(name) is null);

    public void Dispose() => _docs.Dispose();
}
