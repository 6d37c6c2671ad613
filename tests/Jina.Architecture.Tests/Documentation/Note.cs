using Microsoft.Extensions.VectorData;
using JinaEmbeddingDimensions = Jina.Architecture.Tests.Documentation.DemoDimensions;

namespace Jina.Architecture.Tests.Documentation;

internal sealed class Note
{
    [VectorStoreKey] public string Id { get; set; } = "";
    [VectorStoreData(IsFullTextIndexed = true)] public string Text { get; set; } = "";
    [VectorStoreVector(JinaEmbeddingDimensions.SmallEnV1)] public string Embedding => Text;   // embedded when the record is stored
}
