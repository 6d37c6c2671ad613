using Microsoft.Extensions.VectorData;

namespace JinaApp;

/// <summary>The state of a file when it was indexed.</summary>
public sealed class IndexedFile
{
    [VectorStoreKey]
    public string Name { get; set; } = "";

    [VectorStoreData]
    public string Stamp { get; set; } = "";
}
