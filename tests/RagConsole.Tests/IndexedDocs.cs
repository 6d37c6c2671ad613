using Jina.Testing;
using Microsoft.Extensions.DependencyInjection;
using RagConsole.Documents;
using RagConsole.Passages;
using RagConsole.Updating;

namespace RagConsole.Tests;

/// <summary>Represents a folder with three files and a database with the demo model, in the process of the test.</summary>
internal sealed class IndexedDocs : IDisposable
{
    private readonly WeatherDocs _docs = new();
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;

    public IndexedDocs()
    {
        var services = new ServiceCollection();
        services.AddJinaEmbeddings(ModelChoice.Parse("demo")!);
        services.AddJinaSqliteVectorStore(Library.GetConnectionString(Database));
        services.AddSingleton(new ModelChoice(ModelChoice.Parse("demo")!, "for a test"));
        services.AddSingleton<PassageStore>().AddSingleton<PassageSearch>();
        services.AddSingleton<Ingester>().AddSingleton<FolderRefresh>().AddSingleton<FolderWatch>();
        _services = services.BuildServiceProvider();
    }

    /// <summary>Gets the absolute path of the folder.</summary>
    public string Path => _docs.Path;

    public string Database => _folder.File("rag.db");

    public PassageStore Store => Get<PassageStore>();

    /// <summary>Gets the lines that were reported.</summary>
    public List<string> Lines { get; } = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Writes a file that was last modified a while ago, so that its stamp is reliable.</summary>
    public string Write(string name, string text, int hoursAgo = 1)
    {
        var file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.Date.AddHours(-hoursAgo));
        return file;
    }

    /// <summary>Adds the folder to the database, or brings it up to date, as <c>ingest</c> does.</summary>
    public async Task<IngestCounts> IngestAsync(bool readAll = false, string? name = null)
    {
        await Store.OpenAsync(Cancellation);
        var notListed = new List<string>();
        var documents = DocumentFolder.List(Path, notListed.Add);
        var folder = await new CollectionCatalog(Store).AddAsync(documents.Root, name, Cancellation);
        return await Get<FolderRefresh>().UpdateAsync(folder, documents, notListed, readAll, Lines.Add, Cancellation);
    }

    /// <summary>Brings the folder up to date, as <c>ask</c> does.</summary>
    public Task<IngestCounts?> RefreshAsync() => Get<FolderRefresh>().TryRefreshAsync([], Lines.Add, Cancellation);

    /// <summary>Returns the names of the files that are found for a question, best first.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(
        string question, PassageScope? scope = null, SearchKind kind = SearchKind.Vector, int top = 10)
    {
        var hits = await Get<PassageSearch>().FindAsync([question], top, kind, scope ?? PassageScope.All, Cancellation);
        return [.. hits.Select(hit => hit.Passage.File)];
    }

    public void Dispose()
    {
        _services.Dispose();
        _docs.Dispose();
        _folder.Dispose();
    }
}
