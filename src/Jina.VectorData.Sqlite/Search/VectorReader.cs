using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData.ProviderServices;
using SQLitePCL;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Reads the vectors of a property from the file, in one transaction.</summary>
internal sealed class VectorReader(
    SqliteConnection connection, CollectionTables tables, VectorPropertyModel property, CancellationToken cancellationToken)
{
    private readonly string _select = $"SELECT {CollectionTables.Id}, {CollectionTables.Vector} FROM {tables.VectorsOf(property)}";

    /// <summary>Processes a vector, whose memory is valid only during the call.</summary>
    public delegate void VectorAction(long id, ReadOnlySpan<float> vector, float norm);

    public int Dimensions => property.Dimensions;

    /// <summary>Determines whether the transaction sees a later state of the same file.</summary>
    public bool Continues(CollectionState earlier) => Catalog.HasCommit(connection, earlier);

    /// <summary>Returns the IDs of all rows, including those without a vector.</summary>
    public HashSet<long> ReadRowIds() =>
        connection.Query($"SELECT {CollectionTables.Id} FROM {tables.Data}", row => row.GetInt64(0)).ToHashSet();

    /// <summary>Reads the vectors whose row IDs are above a value, in ascending order.</summary>
    public void ReadAbove(long id, VectorAction action)
    {
        using var command = connection.Command($"{_select} WHERE {CollectionTables.Id} > $1 ORDER BY {CollectionTables.Id}", id);
        Read(command, action);
    }

    /// <summary>Reads the vectors of row IDs. Rows without a vector are skipped.</summary>
    public void ReadEach(long[] ids, VectorAction action)
    {
        using var command = connection.Command($"{_select} WHERE {CollectionTables.Id} = $1", 0L);
        foreach (var id in ids)
        {
            command.Parameters[0].Value = id;
            Read(command, action);
        }
    }

    private void Read(SqliteCommand command, VectorAction action)
    {
        using var row = command.ExecuteReader();
        var statement = row.Handle!;
        var length = Dimensions * sizeof(float);
        for (var isRow = row.Read(); isRow; isRow = Step(statement))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // The vector is read from SQLite's own memory, because the reader of the ADO.NET provider copies every blob.
            var id = raw.sqlite3_column_int64(statement, 0);
            var stored = raw.sqlite3_column_type(statement, 1) == raw.SQLITE_BLOB
                ? raw.sqlite3_column_blob(statement, 1)
                : throw Damaged(id, "not a blob");
            if (stored.Length != length)
            {
                throw Damaged(id, $"a blob of {stored.Length} bytes");
            }

            // The norm is not finite if a component is not. It can also exceed the largest number.
            var vector = MemoryMarshal.Cast<byte, float>(stored);
            var norm = TensorPrimitives.Norm(vector);
            if (!float.IsFinite(norm) && !TensorPrimitives.IsFiniteAll(vector))
            {
                throw Damaged(id, "a vector with a component that is not finite");
            }

            action(id, vector, norm);
        }
    }

    /// <summary>Reads the next row without the checks of the ADO.NET provider, which take longer than reading it.</summary>
    private bool Step(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(result, connection.Handle);
        }

        return result == raw.SQLITE_ROW;
    }

    private DamagedDatabaseException Damaged(long id, string found)
    {
        var key = connection.Scalar(
            $"SELECT {Sql.Quote(tables.KeyName)} FROM {tables.Data} WHERE {CollectionTables.Id} = $1", id);
        return DamagedDatabaseException.OfVector(tables.Name, key, property.StorageName, Dimensions, found);
    }
}
