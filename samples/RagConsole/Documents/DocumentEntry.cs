namespace RagConsole.Documents;

/// <summary>Represents a document that can be read.</summary>
/// <param name="Root">The folder or other collection that contains the document.</param>
/// <param name="File">The name below the root, with forward slashes. It is shown to users.</param>
/// <param name="Bytes">The size.</param>
/// <param name="Read">The function that returns the content. It is called once.</param>
internal sealed record DocumentEntry(string Root, string File, long Bytes, Func<byte[]> Read)
{
    /// <summary>Gets the time of the last change of the listed file, in UTC. If null, the document is always read.</summary>
    public DateTime? Modified { get; init; }

    /// <summary>Gets the key that identifies the document among all documents of a database.</summary>
    public string Source => GetSource(Root, File);

    /// <summary>Returns the key of a document. The first line feed in it is always the end of the root.</summary>
    /// <remarks>Names can contain line feeds. An absolute path never contains two slashes in a row, so they can replace one.</remarks>
    public static string GetSource(string root, string file) => $"{root.Replace("\n", "//", StringComparison.Ordinal)}\n{file}";

    /// <summary>Returns the path of the file of a document, or null if the document is not a file that exists.</summary>
    public static string? FindPath(string source)
    {
        var end = source.IndexOf('\n', StringComparison.Ordinal);
        var root = source[..end].Replace("//", "\n", StringComparison.Ordinal);
        var path = Path.Combine(root, source[(end + 1)..]);
        return Path.IsPathFullyQualified(root) && System.IO.File.Exists(path) ? path : null;
    }
}

/// <summary>Represents the documents of one root.</summary>
/// <param name="Root">The absolute path of a folder, or the name of another collection of documents.</param>
/// <param name="Entries">The documents in the order of their names.</param>
/// <param name="Unreadable">The subfolders that could not be read: their names below the root, each with a slash at the end.</param>
internal sealed record DocumentList(string Root, IReadOnlyList<DocumentEntry> Entries, IReadOnlyList<string> Unreadable)
{
    public long Bytes => Entries.Sum(entry => entry.Bytes);

    /// <summary>Determines whether a document that is not listed may still exist, in a subfolder that could not be read.</summary>
    public bool MayContain(string source) =>
        Unreadable.Any(folder => source.StartsWith(DocumentEntry.GetSource(Root, folder), StringComparison.Ordinal));

    /// <summary>Creates the exception for a root without documents.</summary>
    public FileNotFoundException CreateEmptyException() =>
        new($"Found no text to read in {Root}. Expected {DocumentFormats.Names} that no ignore file excludes.");
}
