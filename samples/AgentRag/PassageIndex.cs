using Jina.Extensions.AI;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace AgentRag;

/// <summary>Represents searchable passages: a database that RagConsole created, or the handbook of that sample in memory.</summary>
internal sealed class PassageIndex : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private PassageIndex(ServiceProvider services, VectorStoreCollection<string, Passage> passages) =>
        (_services, Passages) = (services, passages);

    /// <summary>Gets the collection of the passages.</summary>
    public VectorStoreCollection<string, Passage> Passages { get; }

    /// <summary>Opens a database with the model that it was created with. If null, the handbook is indexed in memory.</summary>
    /// <exception cref="FileNotFoundException">The database does not exist.</exception>
    public static async Task<PassageIndex> OpenAsync(string? database)
    {
        if (database is not null && !File.Exists(database))
        {
            throw new FileNotFoundException(
                $"The database {database} does not exist. Create one with RagConsole: ingest DIR --db {database}.");
        }

        var connection = new SqliteConnectionStringBuilder { DataSource = database ?? ":memory:" };
        var model = database is null ? await EmbeddingModel.ChooseAsync() : await EmbeddingModel.ReadAsync(connection.ToString());
        var collection = new ServiceCollection();
        collection.AddJinaEmbeddings(model);
        collection.AddJinaSqliteVectorStore(connection.ToString());
        var services = collection.BuildServiceProvider();

        var generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        var dimensions = (await generator.GenerateVectorAsync("ready?")).Length;
        var passages = services.GetRequiredService<VectorStore>()
            .GetCollection<string, Passage>("passages", Passage.Define(dimensions));
        await passages.EnsureCollectionExistsAsync();
        if (database is null)
        {
            var tokenizer = await generator.GetRequiredService<JinaEmbeddingGenerator>().GetTokenizerAsync();
            await passages.UpsertAsync(ReadHandbook(new TokenChunker(tokenizer)));
        }

        return new PassageIndex(services, passages);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static IEnumerable<Passage> ReadHandbook(TokenChunker chunker) =>
        from path in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "corpus"), "*.md").Order(StringComparer.Ordinal)
        let text = File.ReadAllText(path)
        from chunk in chunker.Split(text).Index()
        select new Passage
        {
            Key = $"{Path.GetFileName(path)}\n{chunk.Index}",
            File = Path.GetFileName(path),
            StartLine = chunk.Item.StartLine,
            EndLine = chunk.Item.EndLine,
            Text = text[chunk.Item.Range],
        };
}
