using Jina.Testing;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.VectorData;

namespace Jina.Agents.Tests.Support;

/// <summary>Represents a vector store with the demo model in a temporary file that is deleted when the test ends.</summary>
internal sealed class NoteStore : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public NoteStore() => Store = Open(Path);

    public SqliteVectorStore Store { get; }

    public string Path => _folder.File("store.db");

    /// <summary>Opens the store in a file.</summary>
    public static SqliteVectorStore Open(string path) => new(ConnectionString(path), new()
    {
        EmbeddingGenerator = DemoModel.Generator,
        HybridFusion = HybridFusion.ConvexCombination(0.9),
    });

    public static string ConnectionString(string path) => $"Data Source={path};Pooling=False";

    /// <summary>Creates a collection with the notes of the station.</summary>
    public async Task<VectorStoreCollection<string, Note>> CreateNotesAsync(string name = "notes")
    {
        var notes = Store.GetCollection<string, Note>(name);
        await notes.EnsureCollectionExistsAsync(TestContext.Current.CancellationToken);
        await notes.UpsertAsync(Note.OfTheStation, TestContext.Current.CancellationToken);
        return notes;
    }

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }
}
