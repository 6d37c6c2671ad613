namespace Jina.VectorData.Sqlite;

/// <summary>Represents the progress of embedding the records of a collection again.</summary>
public readonly record struct ReembeddingProgress
{
    internal ReembeddingProgress(long recordsDone, long totalRecords)
    {
        RecordsDone = recordsDone;
        TotalRecords = totalRecords;
    }

    /// <summary>Gets the number of records that have been embedded again, including those of an interrupted call.</summary>
    public long RecordsDone { get; init; }

    /// <summary>
    /// Gets the number of all records, which changes if records are added or removed. It is an estimate if other programs write to the
    /// file.
    /// </summary>
    public long TotalRecords { get; init; }
}
