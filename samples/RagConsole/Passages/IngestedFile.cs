using Microsoft.Extensions.VectorData;

namespace RagConsole.Passages;

/// <summary>Represents a document whose passages are in the database.</summary>
/// <remarks>
/// The record is written without a hash before the first passage, and with the hash after the last one. Therefore an interrupted
/// document is ingested again, and the record of a passage can always be found and removed.
/// </remarks>
internal sealed class IngestedFile
{
    /// <summary>Gets or sets the document, as in <see cref="Documents.DocumentEntry.Source"/>.</summary>
    [VectorStoreKey]
    public string Source { get; set; } = "";

    /// <summary>Gets or sets the folder or other collection that contains the document.</summary>
    [VectorStoreData(IsIndexed = true)]
    public string Root { get; set; } = "";

    /// <summary>
    /// Gets or sets the SHA-256 of the content and of the settings that determine the passages. It is empty until all passages are
    /// stored.
    /// </summary>
    [VectorStoreData]
    public string Hash { get; set; } = "";

    [VectorStoreData]
    public int Passages { get; set; }

    /// <summary>Gets or sets the embedding model as a value of <c>--model</c>.</summary>
    [VectorStoreData]
    public string Model { get; set; } = "";

    [VectorStoreData]
    public DateTime IngestedAt { get; set; }

    /// <summary>Gets a value that indicates whether all passages are stored.</summary>
    public bool IsComplete => Hash.Length > 0;

    /// <summary>Returns the record of the document before its passages are stored.</summary>
    public IngestedFile ToIncomplete() => new() { Source = Source, Root = Root, Model = Model, IngestedAt = IngestedAt };
}
