using Microsoft.Data.Sqlite;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Reads and writes the tables in which a file lists its collections.</summary>
internal static class Catalog
{
    /// <summary>The prefix of the names of the catalog's own tables.</summary>
    public const string Prefix = "vectordata_";

    /// <summary>The layout of the tables that this version reads and writes.</summary>
    public const long SchemaVersion = 1;

    /// <summary>Creates the catalog if the file does not have one.</summary>
    public static void Ensure(SqliteConnection connection)
    {
        if (!Exists(connection))
        {
            connection.Execute("CREATE TABLE vectordata_schema (version INTEGER NOT NULL)");
            connection.Execute("INSERT INTO vectordata_schema VALUES ($1)", SchemaVersion);
            connection.Execute(
                "CREATE TABLE vectordata_collections (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE, "
                + "definition TEXT NOT NULL, last_id INTEGER NOT NULL, removals INTEGER NOT NULL)");
        }
    }

    /// <summary>Determines whether the file has a catalog.</summary>
    /// <exception cref="UnknownLayoutException">The catalog has another layout.</exception>
    public static bool Exists(SqliteConnection connection)
    {
        if (connection.Scalar("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'vectordata_schema'") is null)
        {
            return false;
        }

        var version = connection.Scalar("SELECT version FROM vectordata_schema");
        return version is SchemaVersion ? true : throw new UnknownLayoutException(version);
    }

    public static IReadOnlyList<string> Names(SqliteConnection connection) => Exists(connection)
        ? connection.Query("SELECT name FROM vectordata_collections ORDER BY name", row => row.GetString(0))
        : [];

    /// <summary>Finds a collection by its exact name.</summary>
    public static CollectionState? Find(SqliteConnection connection, string name) => Exists(connection)
        ? connection.Query(
            "SELECT id, definition, last_id, removals FROM vectordata_collections WHERE name = $1 COLLATE BINARY",
            row => new CollectionState(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3)),
            name).SingleOrDefault()
        : null;

    /// <summary>Finds the name of another collection that differs by case only. Its tables would have the same names in SQLite.</summary>
    public static string? FindSimilar(SqliteConnection connection, string name) => Exists(connection)
        ? connection.Query(
            "SELECT name FROM vectordata_collections WHERE name = $1 AND name <> $1 COLLATE BINARY", row => row.GetString(0), name)
            .SingleOrDefault()
        : null;

    /// <summary>Adds a new collection and returns its ID.</summary>
    public static long Add(SqliteConnection connection, string name, string definition) => (long)connection.Scalar(
        "INSERT INTO vectordata_collections (name, definition, last_id, removals) VALUES ($1, $2, 0, 0) RETURNING id", name, definition)!;

    public static void Remove(SqliteConnection connection, long id) =>
        connection.Execute("DELETE FROM vectordata_collections WHERE id = $1", id);

    public static void SetLastId(SqliteConnection connection, long id, long lastId) =>
        connection.Execute("UPDATE vectordata_collections SET last_id = $2 WHERE id = $1", id, lastId);

    /// <summary>Returns the statement with which a trigger counts a removed row.</summary>
    public static string CountRemoval(long id) => $"UPDATE vectordata_collections SET removals = removals + 1 WHERE id = {id}";
}

/// <summary>Represents the state of a collection in a transaction.</summary>
/// <param name="Id">The collection's ID in the catalog. It is not used again after the collection is dropped.</param>
/// <param name="Definition">The stored definition, as JSON.</param>
/// <param name="LastId">The highest row ID that was assigned so far. A row never changes under its ID.</param>
/// <param name="Removals">The number of rows that were removed so far.</param>
/// <remarks>Two equal states have the same rows, so the cached vectors of one state are also those of the other.</remarks>
internal sealed record CollectionState(long Id, string Definition, long LastId, long Removals);

/// <summary>Reports a catalog whose layout this version of the library does not read.</summary>
internal sealed class UnknownLayoutException(object? found) : Exception(
    $"Its tables have layout {found ?? "unknown"}, but this version of the library reads layout {Catalog.SchemaVersion}. "
    + "Use the version of the library that wrote the file, or another file.");
