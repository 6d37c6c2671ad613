using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Jina.VectorData.Sqlite.Quantization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Keeps the int8 codes of vectors in a table beside them, so that opening a large collection does not read the vectors.</summary>
/// <remarks>
/// Codes are only a copy: a row without a code, or with a damaged one, is read from the table of the vectors instead. So other programs
/// and older versions can write vectors without codes.
/// </remarks>
internal static class CodeTable
{
    /// <summary>Determines whether a property has a table of codes. Files of older versions do not have one.</summary>
    public static bool Exists(SqliteConnection connection, CollectionTables tables, VectorPropertyModel property) =>
        connection.HasTable(tables.CodesNameOf(property));

    /// <summary>Adds the tables of codes, and the list of removed rows, to a collection of an older version.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="tables">The tables of the collection.</param>
    /// <param name="properties">All vector properties of the collection.</param>
    /// <param name="collectionId">The collection's ID in the catalog.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public static void Ensure(
        SqliteConnection connection,
        CollectionTables tables,
        IEnumerable<VectorPropertyModel> properties,
        long collectionId,
        CancellationToken cancellationToken)
    {
        foreach (var property in properties.Where(property => !Exists(connection, tables, property)))
        {
            Catalog.EnsureLogs(connection);
            foreach (var statement in tables.CreateTriggerStatements(collectionId))
            {
                connection.Execute(statement);
            }

            Rebuild(connection, tables, property, cancellationToken);
        }
    }

    /// <summary>
    /// Creates the codes of all vectors of a property: after an older version wrote the file, or after its table of vectors was replaced.
    /// </summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="tables">The tables of the collection.</param>
    /// <param name="property">The vector property.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public static void Rebuild(
        SqliteConnection connection, CollectionTables tables, VectorPropertyModel property, CancellationToken cancellationToken)
    {
        foreach (var statement in tables.CreateCodeStatements(property))
        {
            connection.Execute(statement);
        }

        using var writer = new CodeWriter(connection, tables, property);
        using var vectors = BlobStatement.SelectRange(connection, tables.VectorsOf(property), CollectionTables.Vector);
        vectors.Read(
            [long.MinValue, long.MaxValue],
            (id, _, blob) =>
            {
                // A search reports damaged vectors, because they do not have codes.
                var vector = MemoryMarshal.Cast<byte, float>(blob);
                if (blob.Length == property.Dimensions * sizeof(float) && TensorPrimitives.IsFiniteAll(vector))
                {
                    writer.Write(id, vector);
                }
            },
            cancellationToken);
    }
}

/// <summary>Writes the int8 codes of vectors of a property.</summary>
internal sealed class CodeWriter(SqliteConnection connection, CollectionTables tables, VectorPropertyModel property) : IDisposable
{
    private readonly BlobStatement _insert = BlobStatement.Insert(connection, tables.CodesOf(property), CollectionTables.Code);
    private readonly byte[] _code = new byte[Int8Code.Length(property.Dimensions)];

    public void Write(long id, ReadOnlySpan<float> vector)
    {
        Int8Code.Write(id, vector, _code);
        _insert.Write(id, _code);
    }

    public void Dispose() => _insert.Dispose();
}
