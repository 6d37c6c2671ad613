using Microsoft.Data.Sqlite;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>The tables in which a file lists its collections.</summary>
internal static class Catalog
{
    /// <summary>What the catalog's own tables start with.</summary>
    public const string Prefix = "vectordata_";

    /// <summary>The layout of the tables that this version writes and reads.</summary>
    public const long SchemaVersion = 1;

    /// <summary>Makes the catalog where there is none.</summary>
    public static void Ensure(SqliteConnection connection)
    {
        if (!Exists(connection))
        {
            connection.Execute("CREATE TABLE vectordata_schema (version INTEGER NOT NULL)");
            connection.Execute("INSERT INTO vectordata_schema VALUES ($1)", SchemaVersion);
            connection.Execute("CREATE TABLE vectordata_collections (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE, definition TEXT NOT NULL, last_id INTEGER NOT NULL, removals INTEGER NOT NULL)");
        }
    }

    /// <summary>Whether the file has a catalog.</summary>
    /// <exception cref="UnknownLayoutException">It has one of another layout.</exception>
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

    /// <summary>Finds a collection; names that differ in case only are one name to SQLite.</summary>
    public static CollectionState? Find(SqliteConnection connection, string name) => Exists(connection)
        ? connection.Query(
            "SELECT id, definition, last_id, removals FROM vectordata_collections WHERE name = $1",
            row => new CollectionState(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3)),
            name).SingleOrDefault()
        : null;

    /// <summary>Lists a new collection and returns its id.</summary>
    public static long Add(SqliteConnection connection, string name, string definition) => (long)connection.Scalar(
        "INSERT INTO vectordata_collections (name, definition, last_id, removals) VALUES ($1, $2, 0, 0) RETURNING id", name, definition)!;

    public static void Remove(SqliteConnection connection, long id) =>
        connection.Execute("DELETE FROM vectordata_collections WHERE id = $1", id);

    public static void SetLastId(SqliteConnection connection, long id, long lastId) =>
        connection.Execute("UPDATE vectordata_collections SET last_id = $2 WHERE id = $1", id, lastId);

    /// <summary>The statement with which a trigger counts a row that went.</summary>
    public static string CountRemoval(long id) => $"UPDATE vectordata_collections SET removals = removals + 1 WHERE id = {id}";
}
