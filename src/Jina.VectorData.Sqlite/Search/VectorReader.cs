using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Reads the vectors of a property from the file, in one transaction.</summary>
internal sealed class VectorReader(
    SqliteConnection connection, CollectionTables tables, VectorPropertyModel property, CancellationToken cancellationToken) : IDisposable
{
    private readonly string _table = tables.VectorsOf(property);
    private BlobStatement? _one;
    private BlobStatement? _range;

    /// <summary>Processes a vector, whose memory is valid only during the call.</summary>
    public delegate void VectorAction(long id, ReadOnlySpan<float> vector, float norm);

    /// <summary>Reads all vectors, in ascending order of their row IDs.</summary>
    public void ReadAll(VectorAction action) => ReadRange(0, long.MaxValue, action);

    /// <summary>Reads the vectors between two row IDs, including these, in ascending order.</summary>
    public void ReadRange(long first, long last, VectorAction action)
    {
        _range ??= BlobStatement.SelectRange(connection, _table, CollectionTables.Vector);
        _range.Read([first, last], (id, isBlob, blob) => Process(id, isBlob, blob, action), cancellationToken);
    }

    /// <summary>Reads the vectors of row IDs. Rows without a vector are skipped.</summary>
    public void ReadEach(long[] ids, VectorAction action)
    {
        _one ??= BlobStatement.SelectOne(connection, _table, CollectionTables.Vector);
        BlobStatement.RowAction process = (id, isBlob, blob) => Process(id, isBlob, blob, action);
        foreach (var id in ids)
        {
            _one.Read([id], process, cancellationToken);
        }
    }

    public void Dispose()
    {
        _one?.Dispose();
        _range?.Dispose();
    }

    private void Process(long id, bool isBlob, ReadOnlySpan<byte> blob, VectorAction action)
    {
        if (blob.Length != property.Dimensions * sizeof(float))
        {
            throw Damaged(id, isBlob ? $"a blob of {blob.Length} bytes" : "not a blob");
        }

        // The norm is not finite if a component is not. It can also exceed the largest number.
        var vector = MemoryMarshal.Cast<byte, float>(blob);
        var norm = TensorPrimitives.Norm(vector);
        if (!float.IsFinite(norm) && !TensorPrimitives.IsFiniteAll(vector))
        {
            throw Damaged(id, "a vector with a component that is not finite");
        }

        action(id, vector, norm);
    }

    private DamagedDatabaseException Damaged(long id, string found)
    {
        var key = connection.Scalar(
            $"SELECT {Sql.Quote(tables.KeyName)} FROM {tables.Data} WHERE {CollectionTables.Id} = $1", id);
        return DamagedDatabaseException.OfVector(tables.Name, key, property.StorageName, property.Dimensions, found);
    }
}
