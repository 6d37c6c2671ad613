using Jina.VectorData.Sqlite.Columns;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Reads and writes the tables in which a file lists its collections.</summary>
/// <remarks>
/// Every change of a collection's rows gives its entry a new random token, by a trigger. The last commits keep their tokens, so a
/// reader can determine whether a state that it knows is an earlier one of this file. The last removed rows are listed by number, so
/// that it does not read the IDs of all rows to find the removed ones.
/// </remarks>
internal static class Catalog
{
    /// <summary>The prefix of the names of the catalog's own tables.</summary>
    public const string Prefix = "vectordata_";

    /// <summary>The layout of the tables that this version reads and writes.</summary>
    public const long SchemaVersion = 1;

    /// <summary>
    /// The number of commits whose tokens are kept, in about 70 KB per collection. A reader that missed more reads all vectors again.
    /// </summary>
    public const int KeptCommits = 4096;

    /// <summary>The number of removed rows that are listed, in about 1 MB per collection.</summary>
    public const int KeptRemovals = 65536;

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

        EnsureLogs(connection);
    }

    /// <summary>Determines whether the file has a catalog.</summary>
    /// <exception cref="UnknownLayoutException">The catalog has another layout.</exception>
    public static bool Exists(SqliteConnection connection)
    {
        if (!connection.HasTable("vectordata_schema"))
        {
            return false;
        }

        var versions = Query(connection, "SELECT version FROM vectordata_schema", row => row.GetValue(0));
        return versions is [SchemaVersion] ? true : throw new UnknownLayoutException(versions);
    }

    public static IReadOnlyList<string> Names(SqliteConnection connection) => Exists(connection)
        ? Query(
            connection,
            "SELECT name FROM vectordata_collections ORDER BY name",
            row => row.GetValue(0) as string ?? throw new DamagedDatabaseException("The catalog has a collection without a name."))
        : [];

    /// <summary>Finds a collection by its exact name.</summary>
    public static CollectionState? Find(SqliteConnection connection, string name)
    {
        // Half of a surrogate pair would be looked up as another character.
        if (!Utf8.IsValid(name) || !Exists(connection))
        {
            return null;
        }

        var found = Query(
            connection,
            "SELECT * FROM vectordata_collections WHERE name = $1 COLLATE BINARY",
            row => CollectionState.Read(row, name),
            name);
        return found.Count < 2 ? found.SingleOrDefault() : throw DamagedDatabaseException.OfCatalog(name, "there are several");
    }

    /// <summary>Finds the name of another collection that differs by case only. Its tables would have the same names in SQLite.</summary>
    public static string? FindSimilar(SqliteConnection connection, string name) => Exists(connection)
        ? Query(
            connection,
            "SELECT name FROM vectordata_collections WHERE name = $1 AND name <> $1 COLLATE BINARY",
            row => row.GetString(0),
            name).FirstOrDefault()
        : null;

    /// <summary>Adds a new collection and returns its ID.</summary>
    public static long Add(SqliteConnection connection, string name, string definition) => (long)connection.Scalar(
        "INSERT INTO vectordata_collections (name, definition, last_id, removals, token) VALUES ($1, $2, 0, 0, random()) RETURNING id",
        name,
        definition)!;

    public static void Remove(SqliteConnection connection, long id)
    {
        EnsureLogs(connection);
        connection.Execute("DELETE FROM vectordata_commits WHERE collection = $1", id);
        connection.Execute("DELETE FROM vectordata_removals WHERE collection = $1", id);
        connection.Execute("DELETE FROM vectordata_collections WHERE id = $1", id);
    }

    /// <summary>Records that a transaction changed rows of a collection. It is the last statement of the transaction.</summary>
    /// <param name="connection">The connection, in the transaction.</param>
    /// <param name="id">The collection's ID.</param>
    /// <param name="lastId">The highest row ID that was assigned so far.</param>
    public static void Commit(SqliteConnection connection, long id, long lastId)
    {
        EnsureLogs(connection);
        connection.Execute("UPDATE vectordata_collections SET last_id = $2, commits = commits + 1 WHERE id = $1", id, lastId);
        connection.Execute(
            "INSERT OR REPLACE INTO vectordata_commits (collection, slot, token) "
            + $"SELECT id, commits % {KeptCommits}, token FROM vectordata_collections WHERE id = $1",
            id);
        connection.Execute(
            "DELETE FROM vectordata_removals WHERE collection = $1 "
            + $"AND number <= (SELECT removals - {KeptRemovals} FROM vectordata_collections WHERE id = $1)",
            id);
    }

    public static void SetDefinition(SqliteConnection connection, long id, string definition) =>
        connection.Execute("UPDATE vectordata_collections SET definition = $2 WHERE id = $1", id, definition);

    /// <summary>Records that a transaction replaced vectors of a collection. It is the last statement of the transaction.</summary>
    /// <param name="connection">The connection, in the transaction.</param>
    /// <param name="id">The collection's ID.</param>
    /// <param name="definition">The new definition.</param>
    /// <param name="lastId">The highest row ID that was assigned so far.</param>
    public static void CommitVectors(SqliteConnection connection, long id, string definition, long lastId)
    {
        EnsureLogs(connection);
        SetDefinition(connection, id, definition);

        // Cached vectors of the earlier states must not be continued.
        connection.Execute("DELETE FROM vectordata_commits WHERE collection = $1", id);
        Commit(connection, id, lastId);
    }

    /// <summary>Determines whether a state of a collection is that of an earlier commit of this file.</summary>
    public static bool HasCommit(SqliteConnection connection, CollectionState state) => connection.HasTable("vectordata_commits")
        ? connection.Scalar(
            "SELECT 1 FROM vectordata_commits WHERE collection = $1 AND token = $2",
            state.Id,
            state.Token ?? (object)DBNull.Value) is not null
        : state.Token is null;

    /// <summary>Returns the IDs of the rows that were removed between two states of a collection, in ascending order.</summary>
    /// <returns><see langword="null"/> if the file does not list all of them.</returns>
    public static long[]? FindRemoved(SqliteConnection connection, CollectionState earlier, CollectionState later)
    {
        if (earlier.Removals == later.Removals)
        {
            return [];
        }

        if (!connection.HasTable("vectordata_removals"))
        {
            return null;
        }

        var removed = connection.Query(
            "SELECT row FROM vectordata_removals WHERE collection = $1 AND number > $2 ORDER BY row",
            row => row.GetInt64(0),
            later.Id,
            earlier.Removals);
        return removed.Count == later.Removals - earlier.Removals ? [.. removed] : null;
    }

    /// <summary>Returns the statements with which a trigger counts and lists a removed row.</summary>
    /// <param name="id">The collection's ID.</param>
    /// <param name="row">The expression of the row's ID.</param>
    public static string ListRemoval(long id, string row) =>
        $"UPDATE vectordata_collections SET removals = removals + 1 WHERE id = {id}; "
        + $"INSERT OR REPLACE INTO vectordata_removals SELECT id, removals, {row} FROM vectordata_collections WHERE id = {id};";

    /// <summary>
    /// Adds the tokens and the list of removed rows to a catalog that does not have them. Older versions can still use the file.
    /// </summary>
    public static void EnsureLogs(SqliteConnection connection)
    {
        if (!connection.HasTable("vectordata_removals"))
        {
            connection.Execute(
                "CREATE TABLE vectordata_removals (collection INTEGER NOT NULL, number INTEGER NOT NULL, row INTEGER NOT NULL, "
                + "PRIMARY KEY (collection, number)) WITHOUT ROWID");
        }

        if (connection.HasTable("vectordata_commits"))
        {
            return;
        }

        connection.Execute("ALTER TABLE vectordata_collections ADD COLUMN commits INTEGER NOT NULL DEFAULT 0");
        connection.Execute("ALTER TABLE vectordata_collections ADD COLUMN token INTEGER NOT NULL DEFAULT 0");
        connection.Execute("UPDATE vectordata_collections SET token = random()");
        connection.Execute(
            "CREATE TABLE vectordata_commits (collection INTEGER NOT NULL, slot INTEGER NOT NULL, token INTEGER NOT NULL, "
            + "PRIMARY KEY (collection, slot)) WITHOUT ROWID");

        // The trigger also runs for the statements of other programs, and of collections that were created without tokens.
        connection.Execute(
            "CREATE TRIGGER vectordata_changed AFTER UPDATE OF last_id, removals, commits ON vectordata_collections "
            + "BEGIN UPDATE vectordata_collections SET token = random() WHERE id = new.id; END");
    }

    /// <summary>Runs a query on the catalog. A missing table or column is damage of the file.</summary>
    private static List<T> Query<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params object[] parameters)
    {
        try
        {
            return connection.Query(sql, read, parameters);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            throw new DamagedDatabaseException(
                $"Its catalog cannot be read ({error.Message}). Restore a backup, or use another file.", error);
        }
    }
}

/// <summary>Reports a catalog whose layout this version of the library does not read.</summary>
internal sealed class UnknownLayoutException(IReadOnlyList<object> found) : Exception(
    $"Its tables have layout {(found is [long or double or string] ? found[0] : "unknown")}, but this version of the library reads "
    + $"layout {Catalog.SchemaVersion}. "
    + "Use the version of the library that wrote the file, or another file.");
