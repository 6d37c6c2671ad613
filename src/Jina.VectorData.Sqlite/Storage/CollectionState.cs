using Microsoft.Data.Sqlite;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Represents the state of a collection in a transaction.</summary>
/// <param name="Id">The collection's ID in the catalog. It is not used again after the collection is dropped.</param>
/// <param name="Definition">The stored definition, as JSON.</param>
/// <param name="LastId">The highest row ID that was assigned so far. A row never changes under its ID.</param>
/// <param name="Removals">The number of rows that were removed so far.</param>
/// <param name="Token">
/// The random number of the last change. If <see langword="null"/>, the file was last written by a version without tokens.
/// </param>
/// <remarks>
/// Two equal states have the same rows, so the cached vectors of one state are also those of the other. The counters alone do not
/// identify a state: a restored file can reach the same counters with other rows.
/// </remarks>
internal sealed record CollectionState(long Id, string Definition, long LastId, long Removals, long? Token)
{
    /// <summary>Reads a state from a row of the catalog.</summary>
    public static CollectionState Read(SqliteDataReader row) => new(
        row.GetInt64(row.GetOrdinal("id")),
        row.GetString(row.GetOrdinal("definition")),
        row.GetInt64(row.GetOrdinal("last_id")),
        row.GetInt64(row.GetOrdinal("removals")),
        Enumerable.Range(0, row.FieldCount).Any(i => row.GetName(i) == "token") ? row.GetInt64(row.GetOrdinal("token")) : null);
}
