using Microsoft.Extensions.VectorData;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Represents a record of the code in docs/swap.md.</summary>
internal sealed class Note
{
    [VectorStoreKey]
    public string Id { get; set; } = "";

    [VectorStoreData]
    public string Text { get; set; } = "";

    [VectorStoreVector(256)]
    public string Embedding => Text;
}
