using Microsoft.Extensions.VectorData;
using RagConsole.Documents;

namespace RagConsole.Passages;

/// <summary>Represents a document whose passages are in the database, or the reason why they are not.</summary>
/// <remarks>
/// New passages are stored beside those of the earlier version. Then one write of this record replaces the version, and the earlier
/// passages are deleted. <see cref="IsChanging"/> is set in the meantime, so that an interrupted update is repeated and cleaned up.
/// </remarks>
internal sealed record IngestedFile
{
    private const int VersionLength = 16;

    /// <summary>Gets or sets the document, as in <see cref="DocumentEntry.Source"/>.</summary>
    [VectorStoreKey]
    public string Source { get; set; } = "";

    /// <summary>Gets or sets the folder or other collection that contains the document.</summary>
    [VectorStoreData(IsIndexed = true)]
    public string Root { get; set; } = "";

    /// <summary>
    /// Gets or sets the SHA-256 of the content that was last parsed and of the settings that determine the passages. It is empty if the
    /// content is unknown.
    /// </summary>
    [VectorStoreData]
    public string Hash { get; set; } = "";

    /// <summary>Gets or sets the version of the passages to find, which is in their keys. It is empty if the document has none.</summary>
    [VectorStoreData]
    public string Version { get; set; } = "";

    /// <summary>Gets or sets the <see cref="FileStamp"/> of the file with this hash. If it is empty, the file must be read.</summary>
    [VectorStoreData]
    public string Stamp { get; set; } = "";

    /// <summary>Gets or sets the number of passages of <see cref="Version"/>.</summary>
    [VectorStoreData]
    public int Passages { get; set; }

    /// <summary>Gets or sets a value that indicates whether passages of other versions can be in the database.</summary>
    [VectorStoreData]
    public bool IsChanging { get; set; }

    /// <summary>Gets or sets the reason why the document has no text or could not be read. It is empty for other documents.</summary>
    [VectorStoreData]
    public string Problem { get; set; } = "";

    /// <summary>Gets or sets the embedding model as a value of <c>--model</c>.</summary>
    [VectorStoreData]
    public string Model { get; set; } = "";

    [VectorStoreData]
    public DateTime IngestedAt { get; set; }

    /// <summary>Gets the name below the root.</summary>
    public string File => Source[(Source.IndexOf('\n', StringComparison.Ordinal) + 1)..];

    /// <summary>Gets a value that indicates whether a version of the document is completely stored.</summary>
    public bool IsStored => Version.Length > 0;

    /// <summary>Gets a value that indicates whether the document was read but has no text.</summary>
    public bool IsWithoutText => Problem.Length > 0 && HasVersion(Hash);

    /// <summary>Gets a value that indicates whether the document could not be read. Its passages are those of an earlier version.</summary>
    public bool IsUnreadable => Problem.Length > 0 && !HasVersion(Hash);

    /// <summary>Returns the version of the passages of a hash.</summary>
    public static string GetVersion(string hash) => hash[..VersionLength];

    /// <summary>Determines whether the passages are those of a hash.</summary>
    public bool HasVersion(string hash) => IsStored && hash.StartsWith(Version, StringComparison.Ordinal);

    /// <summary>Determines whether a passage belongs to the stored version.</summary>
    public bool Contains(Passage passage) => IsStored && passage.Key.StartsWith($"{Source}\n{Version}\n", StringComparison.Ordinal);

    /// <summary>Returns the keys of the passages of the stored version.</summary>
    public IEnumerable<string> GetKeys() => Enumerable.Range(0, Passages).Select(number => Passage.GetKey(Source, Version, number));
}
