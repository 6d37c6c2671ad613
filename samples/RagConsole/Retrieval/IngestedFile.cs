using Microsoft.Extensions.VectorData;

namespace RagConsole.Retrieval;

/// <summary>A document whose passages are all stored. It is written last and removed first: without it, they are not to be relied on.</summary>
internal sealed class IngestedFile
{
    /// <summary>The document, as <see cref="Documents.DocumentEntry.Source"/> names it.</summary>
    [VectorStoreKey]
    public string Source { get; set; } = "";

    /// <summary>Where it comes from.</summary>
    [VectorStoreData(IsIndexed = true)]
    public string Root { get; set; } = "";

    /// <summary>The SHA-256 of the content.</summary>
    [VectorStoreData]
    public string Hash { get; set; } = "";

    [VectorStoreData]
    public int Passages { get; set; }

    /// <summary>The model, as <c>--model</c> takes it.</summary>
    [VectorStoreData]
    public string Model { get; set; } = "";

    [VectorStoreData]
    public DateTime IngestedAt { get; set; }
}
