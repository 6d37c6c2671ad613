using Microsoft.Extensions.VectorData;

namespace Jina.Benchmarks.Store;

/// <summary>Represents a record of the size of a passage in a RAG application.</summary>
internal sealed class StoreRecord
{
    public const int Dimensions = 512;

    [VectorStoreKey]
    public string Id { get; set; } = "";

    [VectorStoreData]
    public int Tenth { get; set; }

    /// <summary>Gets or sets a number from 0 to 999, which has an index.</summary>
    [VectorStoreData(IsIndexed = true)]
    public int Thousandth { get; set; }

    [VectorStoreData]
    public string Text { get; set; } = "";

    [VectorStoreVector(Dimensions)]
    public ReadOnlyMemory<float> Vector { get; set; }
}
