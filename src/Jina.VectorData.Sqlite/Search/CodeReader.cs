using Jina.VectorData.Sqlite.Quantization;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Reads the int8 codes of a property from the file, in one transaction.</summary>
internal sealed class CodeReader(
    SqliteConnection connection,
    CollectionTables tables,
    VectorPropertyModel property,
    VectorReader vectors,
    CancellationToken cancellationToken)
{
    /// <summary>Processes a code, whose memory is valid only during the call.</summary>
    public delegate void CodeAction(long id, Int8Code code);

    public int Dimensions => property.Dimensions;

    /// <summary>Determines whether the transaction sees a later state of the same file.</summary>
    public bool Continues(CollectionState earlier) => Catalog.HasCommit(connection, earlier);

    /// <summary>Returns the ascending IDs of the rows that were removed since an earlier state.</summary>
    /// <returns><see langword="null"/> if the file does not list all of them.</returns>
    public long[]? FindRemoved(CollectionState earlier, CollectionState now) => Catalog.FindRemoved(connection, earlier, now);

    /// <summary>Reads the codes whose row IDs are above a value, in ascending order. Missing and damaged codes are computed.</summary>
    public void ReadAbove(long id, CodeAction action)
    {
        var next = id + 1;
        if (CodeTable.Exists(connection, tables, property))
        {
            using var codes = BlobStatement.SelectRange(connection, tables.CodesOf(property), CollectionTables.Code);
            codes.Read(
                [next, long.MaxValue],
                (id, _, blob) =>
                {
                    var isIntact = Int8Code.IsIntact(id, blob, Dimensions);
                    Compute(next, isIntact ? id - 1 : id, action);
                    if (isIntact)
                    {
                        action(id, new Int8Code(blob));
                    }

                    next = id + 1;
                },
                cancellationToken);
        }

        Compute(next, long.MaxValue, action);
    }

    /// <summary>Computes the codes of the vectors between two row IDs, of which most are rows without a vector.</summary>
    private void Compute(long first, long last, CodeAction action)
    {
        if (first <= last)
        {
            var code = new byte[Int8Code.Length(Dimensions)];
            vectors.ReadRange(first, last, (id, vector, _) =>
            {
                Int8Code.Write(id, vector, code);
                action(id, new Int8Code(code));
            });
        }
    }
}
