using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel.Data;

using JinaEmbeddingDimensions = Jina.SemanticKernel.Tests.Support.DemoDimensions;

namespace Jina.SemanticKernel.Tests.Documentation;

internal sealed class Article
{
    [VectorStoreKey]
    public string Id { get; set; } = "";

    [VectorStoreData, TextSearchResultName]
    public string? Title { get; set; }

    [VectorStoreData, TextSearchResultLink]
    public string? Link { get; set; }

    [VectorStoreData(IsFullTextIndexed = true), TextSearchResultValue]
    public string Text { get; set; } = "";

    [VectorStoreVector(JinaEmbeddingDimensions.SmallEnV1)]
    public string Embedding => Text;   // a string, so the store embeds it
}
