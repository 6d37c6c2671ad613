using VectorData.ConformanceTests.Support;

namespace Jina.VectorData.Sqlite.Conformance;

/// <summary>Represents a store in a temporary file. Each fixture has its own, so that test classes can run at the same time.</summary>
internal sealed class SqliteTestStore : TestStore
{
    private string? _folder;

    /// <summary>Gets the connection string of the store's file. The file exists between start and stop only.</summary>
    public string ConnectionString =>
        $"Data Source={Path.Combine(_folder ?? throw new InvalidOperationException("The store is not started."), "store.db")}";

    protected override Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("jina-conformance-").FullName;
        DefaultVectorStore = new SqliteVectorStore(ConnectionString);
        return Task.CompletedTask;
    }

    protected override Task StopAsync()
    {
        // The store is disposed before its file is deleted, because it writes its log into the file.
        DefaultVectorStore.Dispose();
        Directory.Delete(_folder!, recursive: true);
        _folder = null;
        return Task.CompletedTask;
    }
}
