using RagConsole.Documents;

namespace RagConsole.Passages;

/// <summary>Represents a document to read, and its record if it has one.</summary>
internal readonly record struct PlannedFile(DocumentEntry Entry, IngestedFile? Before);

/// <summary>Represents the work that brings the documents of one root up to date.</summary>
/// <param name="Documents">The documents that were listed.</param>
/// <param name="ToRead">The documents that could have changed.</param>
/// <param name="Unchanged">The records of the documents whose size and times are as recorded.</param>
/// <param name="Deleted">The records of the documents that no longer exist.</param>
internal sealed record IngestPlan(
    DocumentList Documents,
    IReadOnlyList<PlannedFile> ToRead,
    IReadOnlyList<IngestedFile> Unchanged,
    IReadOnlyList<IngestedFile> Deleted)
{
    /// <summary>Gets a value that indicates whether all documents are read, and those that had problems are parsed again.</summary>
    public bool ReadsAll { get; init; }

    /// <summary>Gets a value that indicates whether there is nothing to do.</summary>
    public bool IsEmpty => ToRead.Count + Deleted.Count == 0;

    /// <summary>Gets the size of the documents to read.</summary>
    public long Bytes => ToRead.Sum(file => file.Entry.Bytes);

    /// <summary>Compares the listed documents with their records.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="known">The records of the same root.</param>
    /// <param name="stamp">The stamps for the current settings.</param>
    /// <param name="readAll">Whether to read documents whose stamps are as recorded, too.</param>
    public static IngestPlan Create(DocumentList documents, IEnumerable<IngestedFile> known, FileStamp stamp, bool readAll)
    {
        var records = known.ToDictionary(file => file.Source);
        var (toRead, unchanged) = (new List<PlannedFile>(), new List<IngestedFile>());
        foreach (var entry in documents.Entries)
        {
            if (records.Remove(entry.Source, out var before) && !readAll
                && before is { IsChanging: false, Stamp: not "" } && before.Stamp == stamp.Get(entry))
            {
                unchanged.Add(before);
            }
            else
            {
                toRead.Add(new PlannedFile(entry, before));
            }
        }

        var deleted = records.Values.Where(file => !documents.MayContain(file.Source));
        return new IngestPlan(documents, toRead, unchanged, [.. deleted]) { ReadsAll = readAll };
    }
}
