using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Support;

/// <summary>Represents the record of most tests.</summary>
public sealed class Hotel
{
    [VectorStoreKey]
    public string Name { get; set; } = "";

    [VectorStoreData(IsIndexed = true)]
    public string? City { get; set; }

    [VectorStoreData]
    public int Stars { get; set; }

    [VectorStoreData]
    public bool HasPool { get; set; }

    [VectorStoreData]
    public int? Rooms { get; set; }

    [VectorStoreData(IsFullTextIndexed = true)]
    public string? Description { get; set; }

    [VectorStoreData]
    public string[] Tags { get; set; } = [];

    [VectorStoreVector(4)]
    public ReadOnlyMemory<float>? Place { get; set; }
}
