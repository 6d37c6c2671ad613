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
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();

            // The vector is read from SQLite's own memory, because the reader of the ADO.NET provider copies every blob.
            var id = raw.sqlite3_column_int64(row.Handle, 0);
            var stored = raw.sqlite3_column_type(row.Handle, 1) == raw.SQLITE_BLOB
                ? raw.sqlite3_column_blob(row.Handle, 1)
                : throw Damaged(id, "not a blob");
            if (stored.Length != Dimensions * sizeof(float))
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

    private DamagedDatabaseException Damaged(long id, string found)
    {
        var key = connection.Scalar(
            $"SELECT {Sql.Quote(tables.KeyName)} FROM {tables.Data} WHERE {CollectionTables.Id} = $1", id);
        return DamagedDatabaseException.OfVector(tables.Name, key, property.StorageName, Dimensions, found);
    }
}
