namespace Jina.VectorData.Sqlite.Storage;

/// <summary>A collection as it stands in a transaction.</summary>
/// <param name="Id">Its id in the catalog, never used again after it is dropped.</param>
/// <param name="Definition">What the file remembers of it, as JSON.</param>
/// <param name="LastId">The highest row id given out so far; rows are never changed under their id.</param>
/// <param name="Removals">How many rows were removed so far.</param>
/// <remarks>Two equal states hold the same rows: this is what a cache of the vectors goes by.</remarks>
internal sealed record CollectionState(long Id, string Definition, long LastId, long Removals);
