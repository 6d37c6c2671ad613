namespace RagConsole.Ingestion;

/// <summary>How far an ingest is.</summary>
/// <param name="Bytes">The bytes of the documents that were dealt with.</param>
/// <param name="Embedded">The passages that were embedded and stored.</param>
internal readonly record struct IngestProgress(long Bytes, int Embedded);
