using Jina.Testing;
using Jina.VectorData.Sqlite;

namespace Jina.SemanticKernel.Tests.Support;

/// <summary>Represents a vector store in a temporary file that is deleted when the test ends.</summary>
internal sealed class StoreFile : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SqliteVectorStore? _store;

    public string ConnectionString => $"Data Source={Path};Pooling=False";

    public bool Exists => File.Exists(Path);

    /// <summary>Gets the store, which does not have its own generator.</summary>
    public SqliteVectorStore Store => _store ??= new SqliteVectorStore(ConnectionString);

    private string Path => _folder.File("store.db");

    public void Dispose()
    {
        _store?.Dispose();
        _folder.Dispose();
    }
}
