using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Support;

/// <summary>Represents a record whose text a generator embeds.</summary>
public sealed class TextRecord
{
    [VectorStoreKey]
    public string Key { get; set; } = "";

    [VectorStoreVector(2)]
    public string? Text { get; set; }
}
