using Jina.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

// The demo model of this repository needs no download. In your own app, use JinaEmbeddingModel.SmallEnV1, which is
// downloaded once (141 MB), and JinaEmbeddingDimensions.SmallEnV1 in the record below.
var services = new ServiceCollection();
services.AddJinaEmbeddings(JinaEmbeddingModel.FromDirectory("models/demo-en"));
services.AddJinaSqliteVectorStore("Data Source=:memory:");   // or a file: "Data Source=notes.db"
await using var provider = services.BuildServiceProvider();

var notes = provider.GetRequiredService<VectorStore>().GetCollection<int, Note>("notes");
await notes.EnsureCollectionExistsAsync();
await notes.UpsertAsync([
    new Note { Id = 1, Text = "Empty the rain gauge every morning and write down the amount." },
    new Note { Id = 2, Text = "Oil the bearing of the wind sensor twice a year." },
    new Note { Id = 3, Text = "The battery of the weather station lasts for two winters." },
]);

var question = args.Length > 0 ? string.Join(' ', args) : "How long does the battery last?";
Console.WriteLine(question);
await foreach (var result in notes.SearchAsync(question, top: 2))
{
    Console.WriteLine($"{result.Score:F2}  {result.Record.Text}");
}

internal sealed class Note
{
    [VectorStoreKey]
    public int Id { get; set; }

    [VectorStoreData]
    public string Text { get; set; } = "";

    [VectorStoreVector(256)]
    public string Embedding => Text;   // The store embeds this text with the registered model.
}
