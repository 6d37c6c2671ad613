using System.Diagnostics;
using System.Text.Json;
using Jina.Extensions.AI;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

// Fills and searches a store. Only the registration differs between the stores.
if (args is not ["fill" or "search", "sqlite" or "postgres", var connection, var model, .. var files])
{
    Console.Error.WriteLine("Usage: SharedStore fill|search sqlite|postgres CONNECTION MODEL FILE...");
    return 2;
}

var services = new ServiceCollection();
services.AddJinaEmbeddings(JinaEmbeddingModel.FromDirectory(model));
if (args[1] == "postgres")
{
    services.AddPostgresVectorStore(connection);
}
else
{
    services.AddJinaSqliteVectorStore(connection);
}

await using var provider = services.BuildServiceProvider();
var passages = provider.GetRequiredService<VectorStore>().GetCollection<string, Passage>("passages");
if (args[0] == "fill")
{
    await Fill(passages, texts: files[0], vectors: files[1]);
}
else
{
    var generator = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
    await Search(passages, generator, queries: files[0]);
}

return 0;

static async Task Fill(VectorStoreCollection<string, Passage> passages, string texts, string vectors)
{
    await passages.EnsureCollectionExistsAsync();
    foreach (var pairs in File.ReadLines(texts).Zip(File.ReadLines(vectors)).Chunk(1_000))
    {
        await passages.UpsertAsync(pairs.Select(pair => Read(pair.First, pair.Second)));
    }
}

static Passage Read(string text, string vector)
{
    var (source, embedded) = (JsonElement.Parse(text), JsonElement.Parse(vector));
    return new Passage
    {
        Id = embedded.GetProperty("id").GetString()!,
        Text = source.GetProperty("text").GetString()!,
        Embedding = embedded.GetProperty("embedding").Deserialize<float[]>(),
    };
}

// Prints one JSON line per query: the IDs found by both kinds of search, and the milliseconds without embedding the query.
static async Task Search(
    VectorStoreCollection<string, Passage> passages, IEmbeddingGenerator<string, Embedding<float>> generator, string queries)
{
    var hybrid = (IKeywordHybridSearchable<Passage>)passages;
    foreach (var line in File.ReadLines(queries))
    {
        var query = JsonElement.Parse(line);
        var text = query.GetProperty("text").GetString()!;
        var vector = await generator.GenerateVectorAsync(text);
        var keywords = Keywords.FromQuestion(text, Keywords.EnglishStopWords);
        var started = Stopwatch.GetTimestamp();
        var byVector = await Ids(passages.SearchAsync(vector, top: 10));
        var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var byBoth = await Ids(hybrid.HybridSearchAsync(vector, keywords, top: 10));
        Console.WriteLine(JsonSerializer.Serialize(new { id = query.GetProperty("id").GetString(), milliseconds, byVector, byBoth }));
    }
}

static async Task<List<string>> Ids(IAsyncEnumerable<VectorSearchResult<Passage>> results) =>
    await results.Select(result => result.Record.Id).ToListAsync();
