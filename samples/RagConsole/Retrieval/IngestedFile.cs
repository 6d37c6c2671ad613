using Microsoft.Extensions.VectorData;

namespace RagConsole.Retrieval;

/// <summary>A document that passages were cut from.</summary>
/// <remarks>
/// It is written without a hash before the first passage and with the hash after the last one. So a document that an
/// ingest was killed over is done again, and no passage is without a document, by which it is found and removed even if
/// the file is gone by then.
/// </remarks>
internal sealed class IngestedFile
{
    /// <summary>The document, as <see cref="Documents.DocumentEntry.Source"/> names it.</summary>
    [VectorStoreKey]
    public string Source { get; set; } = "";

    /// <summary>Where it comes from.</summary>
    [VectorStoreData(IsIndexed = true)]
    public string Root { get; set; } = "";

    /// <summary>The SHA-256 of the content; empty while its passages are not all stored.</summary>
    [VectorStoreData]
    public string Hash { get; set; } = "";

    [VectorStoreData]
    public int Passages { get; set; }

    /// <summary>The model, as <c>--model</c> takes it.</summary>
    [VectorStoreData]
    public string Model { get; set; } = "";

    [VectorStoreData]
    public DateTime IngestedAt { get; set; }

    /// <summary>Whether all its passages are stored.</summary>
    public bool IsComplete => Hash.Length > 0;

    /// <summary>Returns the document as one whose passages are not all stored.</summary>
    public IngestedFile Incomplete() => new() { Source = Source, Root = Root, Model = Model, IngestedAt = IngestedAt };
}
