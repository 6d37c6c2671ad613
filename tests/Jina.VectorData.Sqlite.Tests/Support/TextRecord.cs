using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Support;

/// <summary>A record whose vector a generator makes of its text.</summary>
public sealed class TextRecord
{
    [VectorStoreKey]
    public string Key { get; set; } = "";

    [VectorStoreVector(2)]
    public string? Text { get; set; }
}
