using Microsoft.Extensions.VectorData;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Represents an app that finds answers in a vector store and does not depend on a provider of embeddings.</summary>
internal sealed class Faq(VectorStore store, int dimensions)
{
    public async Task<string> AnswerAsync(IReadOnlyDictionary<string, string> answers, string question)
    {
        var definition = new VectorStoreCollectionDefinition
        {
            Properties =
            [
                new VectorStoreKeyProperty("Id", typeof(string)),
                new VectorStoreDataProperty("Answer", typeof(string)),
                new VectorStoreVectorProperty("Text", typeof(string), dimensions),
            ],
        };
        using var collection = store.GetDynamicCollection("faq", definition);
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(answers.Select(entry => new Dictionary<string, object?>
        {
            ["Id"] = entry.Key,
            ["Answer"] = entry.Value,
            ["Text"] = entry.Value,
        }));
        await foreach (var hit in collection.SearchAsync(question, top: 1))
        {
            return (string)hit.Record["Answer"]!;
        }

        throw new InvalidOperationException("The collection is empty.");
    }
}
