namespace RagConsole.Ingestion;

/// <summary>What an ingest did.</summary>
/// <param name="Files">The documents that were looked at.</param>
/// <param name="Embedded">The passages that were embedded.</param>
/// <param name="Unchanged">The passages of documents that had not changed.</param>
/// <param name="Removed">The passages of documents that had changed or were gone.</param>
internal sealed record IngestCounts(int Files, int Embedded, int Unchanged, int Removed);
