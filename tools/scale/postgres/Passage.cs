using Microsoft.Extensions.VectorData;

/// <summary>A record of both stores, and a row of the table of load.sql. The vectors are those of the demo model.</summary>
internal sealed class Passage
{
    [VectorStoreKey(StorageName = "id")]
    public string Id { get; set; } = "";

    [VectorStoreData(StorageName = "text", IsFullTextIndexed = true)]
    public string Text { get; set; } = "";

    [VectorStoreVector(256, StorageName = "embedding", DistanceFunction = DistanceFunction.CosineSimilarity, IndexKind = IndexKind.Hnsw)]
    public ReadOnlyMemory<float> Embedding { get; set; }
}
