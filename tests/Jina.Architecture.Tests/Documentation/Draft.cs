using Microsoft.Extensions.VectorData;
using JinaEmbeddingDimensions = Jina.Architecture.Tests.Documentation.DemoDimensions;

namespace Jina.Architecture.Tests.Documentation;

/// <summary>Represents a record whose embedded text is not stored as such.</summary>
internal sealed class Draft
{
    [VectorStoreKey] public string Title { get; set; } = "";
    [VectorStoreVector(JinaEmbeddingDimensions.SmallEnV1)] public string? Embedding { get; set; }
}
