using Jina.Extensions.AI;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.VectorData;

namespace AgentRag;

/// <summary>Selects the embedding model.</summary>
internal static class EmbeddingModel
{
    private static JinaEmbeddingModel Demo =>
        JinaEmbeddingModel.FromDirectory(Path.Combine(AppContext.BaseDirectory, "models", "demo-en"));

    /// <summary>Returns jina-embedding-s-en-v1 if it is cached or can be downloaded now, otherwise the demo model.</summary>
    public static async Task<JinaEmbeddingModel> ChooseAsync()
    {
        try
        {
            var store = new ModelStore(new ModelStoreOptions { ReachTimeout = TimeSpan.FromSeconds(4) });
            await store.ResolveAsync(JinaEmbeddingModel.SmallEnV1);
            return JinaEmbeddingModel.SmallEnV1;
        }
        catch (JinaModelException)
        {
            Console.Error.WriteLine($"{JinaEmbeddingModel.SmallEnV1.Name} cannot be downloaded now. Using the demo model.");
            return Demo;
        }
    }

    /// <summary>Returns the model that RagConsole recorded in a database.</summary>
    public static async Task<JinaEmbeddingModel> ReadAsync(string connectionString)
    {
        using var store = new SqliteVectorStore(connectionString);
        var files = store.GetCollection<string, IngestedFile>("files");
        var file = await files.GetAsync(_ => true, top: 1).FirstOrDefaultAsync();
        return file is null or { Model: "demo" } ? Demo : JinaEmbeddingModel.Parse(file.Model);
    }

    private sealed class IngestedFile
    {
        [VectorStoreKey]
        public string Source { get; set; } = "";

        [VectorStoreData]
        public string Model { get; set; } = "";
    }
}
