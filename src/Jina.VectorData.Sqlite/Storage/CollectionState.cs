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
    private const string TokenColumn = "token";

    /// <summary>Gets the number of rows.</summary>
    public long Rows => LastId - Removals;

    /// <summary>Reads a state from a row of the catalog.</summary>
    /// <exception cref="DamagedDatabaseException">The row lacks a column, or one has a value of another type.</exception>
    public static CollectionState Read(SqliteDataReader row, string name)
    {
        var columns = Enumerable.Range(0, row.FieldCount).ToDictionary(row.GetName, row.GetValue, StringComparer.OrdinalIgnoreCase);
        return new CollectionState(
            Value<long>("id"),
            Value<string>("definition"),
            Count("last_id"),
            Count("removals"),
            columns.ContainsKey(TokenColumn) ? Value<long>(TokenColumn) : null);

        long Count(string column) => Value<long>(column) is >= 0 and var count
            ? count
            : throw DamagedDatabaseException.OfCatalog(name, $"its '{column}' is negative");

        T Value<T>(string column) => columns.TryGetValue(column, out var value)
            ? value is T typed ? typed : throw DamagedDatabaseException.OfCatalog(
                name, $"its '{column}' is {Describe(value)}, but must be {(typeof(T) == typeof(long) ? "an integer" : "a text")}")
            : throw DamagedDatabaseException.OfCatalog(name, $"the catalog has no column '{column}'");
    }

    private static string Describe(object value) => value switch
    {
        DBNull => "NULL",
        long => "an integer",
        double => "a real number",
        string => "a text",
        _ => "a blob",
    };
}
