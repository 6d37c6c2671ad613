using Microsoft.Extensions.VectorData;

using JinaEmbeddingDimensions = Jina.Agents.Tests.Support.DemoDimensions;

namespace Jina.Agents.Tests.Documentation;

public sealed class Note
{
    [VectorStoreKey]
    public string Id { get; set; } = "";

    [VectorStoreData]
    public string Title { get; set; } = "";

    [VectorStoreData]
    public string? Link { get; set; }

    [VectorStoreData(IsFullTextIndexed = true)]
    public string Text { get; set; } = "";

    [VectorStoreVector(JinaEmbeddingDimensions.SmallEnV1)]
    public string Embedding => Text;   // a string, so the store embeds it
}
