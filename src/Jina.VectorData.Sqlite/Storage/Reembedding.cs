using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Collects new vectors of a collection beside the old ones, and replaces these when every row has been embedded again.</summary>
/// <remarks>
/// Rows are embedded in the order of their IDs. A row never changes under its ID, and new rows get higher IDs, so the last ID is
/// all that has to be known to continue. Searches use the old vectors until the transaction that renames the tables.
/// </remarks>
internal sealed class Reembedding(CollectionModel model, CollectionTables tables)
{
    private const string Table = $"{Catalog.Prefix}reembeddings";

    /// <summary>Returns the properties whose vectors differ, or may differ, from those that their generators create now.</summary>
    public IReadOnlyList<VectorPropertyModel> FindOutdated(CollectionState collection) =>
        CollectionDefinition.Parse(collection.Definition, tables.Name).FindOutdated(model);

    /// <summary>Finds the state of the re-embedding of a collection, for any properties and embedding generators.</summary>
    public static ReembeddingState? Find(SqliteConnection connection, long collection) => connection.HasTable(Table)
        ? connection.Query(
            $"SELECT vectors, last_id, done FROM {Table} WHERE collection = $1",
            row => row.GetValue(0) is string vectors && row.GetValue(1) is long lastId && row.GetValue(2) is long done
                ? new ReembeddingState(vectors, lastId, done)
                : null,
            collection).SingleOrDefault()
        : null;

    /// <summary>Begins the re-embedding of properties, or continues one that was interrupted. One for other models is dropped.</summary>
    public void Begin(SqliteConnection connection, CollectionState collection, IReadOnlyList<VectorPropertyModel> properties)
    {
        var names = connection.TableNames();
        var begun = Find(connection, collection.Id);
        if (properties.Count == 0 || (begun is not null && begun.Fits(properties) && tables.HasNext(properties, names)))
        {
            return;
        }

        connection.Execute(
            $"CREATE TABLE IF NOT EXISTS {Table} "
            + "(collection INTEGER PRIMARY KEY, vectors TEXT NOT NULL, last_id INTEGER NOT NULL, done INTEGER NOT NULL)");
        connection.ExecuteAll(tables.DropNextStatements(names));
        connection.ExecuteAll(tables.CreateNextStatements(properties));
        Save(connection, collection.Id, ReembeddingState.CreateEmpty(properties));
    }

    /// <summary>Returns the IDs of the next rows, in ascending order.</summary>
    /// <remarks>
    /// Rows of other programs can have IDs that the catalog does not know. If such a row is removed, this library assigns its ID again. So
    /// these rows follow after <see cref="Advance"/> has added their IDs to the catalog.
    /// </remarks>
    public IReadOnlyList<long> ReadRowIds(
        SqliteConnection connection, CollectionState collection, ReembeddingState state, int count) => connection.Query(
        $"SELECT {CollectionTables.Id} FROM {tables.Data} WHERE {CollectionTables.Id} BETWEEN $1 AND $2 "
            + $"ORDER BY {CollectionTables.Id} LIMIT $3",
        row => row.GetInt64(0),
        state.LastId + 1,
        collection.LastId,
        count);

    /// <summary>Determines whether a row has an old vector.</summary>
    public bool HasVector(SqliteConnection connection, VectorPropertyModel property, long rowId) => connection.Scalar(
        $"SELECT 1 FROM {tables.VectorsOf(property)} WHERE {CollectionTables.Id} = $1", rowId) is not null;

    /// <summary>Stores new vectors of a property. Rows that were removed meanwhile are skipped.</summary>
    public void Write(SqliteConnection connection, VectorPropertyModel property, IEnumerable<(long RowId, byte[] Vector)> vectors)
    {
        using var insert = connection.Command(
            $"INSERT INTO {tables.NextVectorsOf(property)} ({CollectionTables.Id}, {CollectionTables.Vector}) "
            + $"SELECT $1, $2 WHERE EXISTS (SELECT 1 FROM {tables.Data} WHERE {CollectionTables.Id} = $1)",
            0L,
            Array.Empty<byte>());
        foreach (var (rowId, vector) in vectors)
        {
            (insert.Parameters[0].Value, insert.Parameters[1].Value) = (rowId, vector);
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>Saves the state after a batch of rows. If it was the last one, replaces the old vectors instead.</summary>
    /// <returns>Whether the old vectors were replaced.</returns>
    public bool Advance(
        SqliteConnection connection, CollectionState collection, ReembeddingState state, IReadOnlyList<VectorPropertyModel> properties)
    {
        var lastRowId = connection.Scalar($"SELECT MAX({CollectionTables.Id}) FROM {tables.Data}") as long? ?? 0;
        if (lastRowId > state.LastId)
        {
            Save(connection, collection.Id, state);
            if (lastRowId > collection.LastId)
            {
                Catalog.Commit(connection, collection.Id, lastRowId);
            }

            return false;
        }

        Replace(connection, properties);
        Remove(connection, collection.Id);
        var definition = CollectionDefinition.Parse(collection.Definition, tables.Name).With(properties.Select(VectorColumn.From));
        Catalog.CommitVectors(connection, collection.Id, definition.ToJson(), collection.LastId);
        return true;
    }

    /// <summary>Removes the state of a collection.</summary>
    public static void Remove(SqliteConnection connection, long collection)
    {
        if (connection.HasTable(Table))
        {
            connection.Execute($"DELETE FROM {Table} WHERE collection = $1", collection);
        }
    }

    private void Replace(SqliteConnection connection, IReadOnlyList<VectorPropertyModel> properties)
    {
        var names = connection.TableNames();

        // Otherwise, SQLite rejects the renaming, because triggers and views use a table that does not exist at this moment.
        connection.Execute("PRAGMA legacy_alter_table = ON");
        try
        {
            foreach (var property in properties)
            {
                connection.ExecuteAll(tables.ReplaceStatements(property, names));
                CodeTable.Rebuild(connection, tables, property, CancellationToken.None);
            }

            connection.ExecuteAll(tables.DropNextStatements(connection.TableNames()));
        }
        finally
        {
            connection.Execute("PRAGMA legacy_alter_table = OFF");
        }
    }

    private static void Save(SqliteConnection connection, long collection, ReembeddingState state) => connection.Execute(
        $"INSERT OR REPLACE INTO {Table} (collection, vectors, last_id, done) VALUES ($1, $2, $3, $4)",
        collection,
        state.Vectors,
        state.LastId,
        state.Done);
}
