namespace RagConsole.Documents;

/// <summary>The documents of one root.</summary>
/// <param name="Root">A folder's absolute path, or another collection of documents.</param>
/// <param name="Entries">The documents, in the order of their names.</param>
/// <param name="Unreadable">Subfolders that could not be looked into, as documents are named below the root, with a slash at the end.</param>
internal sealed record DocumentList(string Root, IReadOnlyList<DocumentEntry> Entries, IReadOnlyList<string> Unreadable)
{
    public long Bytes => Entries.Sum(entry => entry.Bytes);

    /// <summary>Whether a document that is not listed may be there all the same.</summary>
    public bool MayHold(string source) =>
        Unreadable.Any(folder => source.StartsWith(DocumentEntry.SourceOf(Root, folder), StringComparison.Ordinal));

    /// <summary>What to tell where there is no document.</summary>
    public FileNotFoundException NothingToRead() => new($"There is no text to read in {Root}; expected {DocumentFormat.Names} files.");
}
