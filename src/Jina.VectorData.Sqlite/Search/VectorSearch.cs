using System.Collections.Concurrent;
using Jina.VectorData.Sqlite.Filters;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Finds the rows of a collection whose vectors are closest to a query.</summary>
/// <remarks>
/// A first pass over a short form of all vectors finds the candidates: the rows that can be in the result. Only their vectors are read
/// from the file and scored.
/// </remarks>
internal sealed class VectorSearch(CollectionTables tables, VectorCache cache)
{
    /// <summary>Comparing fewer components than this is faster than starting a second thread.</summary>
    private const long ComponentsPerThread = 1 << 20;

    /// <summary>A filter that one row in so many meets is selective: reading their vectors is faster than reading all codes.</summary>
    private const int SelectiveShare = 100;

    /// <summary>Compares the query with every vector whose row meets the filter, and returns the best hits first.</summary>
    public Hit[] Find(
        SqliteConnection connection,
        CollectionState state,
        VectorPropertyModel property,
        VectorQuery query,
        SqlFilter filter,
        CancellationToken cancellationToken)
    {
        var among = filter == SqlFilter.All ? null : FindIds(connection, filter);
        using var vectors = new VectorReader(connection, tables, property, cancellationToken);
        var codes = new CodeReader(connection, tables, property, vectors, cancellationToken);
        var candidates = query.Count < (among?.Length ?? state.Rows)
            ? FindCandidates(query, state, property, codes, among, cancellationToken)
            : among;
        var hits = query.CreateHits();
        void Score(long id, ReadOnlySpan<float> vector, float norm) => hits.Add(id, query.Score(vector, norm));
        if (candidates is null)
        {
            vectors.ReadAll(Score);
        }
        else
        {
            vectors.ReadEach(candidates, Score);
        }

        return hits.TakeAll();
    }

    /// <summary>Returns the IDs of the rows that meet a filter, in ascending order.</summary>
    private long[] FindIds(SqliteConnection connection, SqlFilter filter)
    {
        var ids = connection.Query(
            $"SELECT {CollectionTables.Id} FROM {tables.Data} {SqlFilter.Table} WHERE {filter.Sql}",
            row => row.GetInt64(0),
            [.. filter.Parameters]).ToArray();
        Array.Sort(ids);
        return ids;
    }

    /// <summary>Returns the ascending IDs of the candidates; <see langword="null"/> for all rows.</summary>
    private long[]? FindCandidates(
        VectorQuery query,
        CollectionState state,
        VectorPropertyModel property,
        CodeReader codes,
        long[]? among,
        CancellationToken cancellationToken)
    {
        if (query.CreateExactPass() is not { } exact)
        {
            return among;
        }

        var pass = property.IndexKind == IndexKind.QuantizedFlat ? query.CreateSignPass() ?? exact : exact;
        var isSelective = among?.Length <= state.Rows / SelectiveShare;
        if (cache.Get(state, property.StorageName, pass.Form, codes, mayRead: !isSelective) is { } snapshot)
        {
            Scan(snapshot, codes.Dimensions, pass, among, cancellationToken);
            return pass.FindIds();
        }

        if (isSelective)
        {
            return among;
        }

        // The vectors do not fit in the cache.
        codes.ReadAbove(0, (id, code) =>
        {
            if (among is null || Array.BinarySearch(among, id) >= 0)
            {
                exact.Compare(id, code.Bytes);
            }
        });
        return exact.FindIds();
    }

    private static void Scan(
        VectorSnapshot snapshot, int dimensions, IFirstPass pass, long[]? among, CancellationToken cancellationToken)
    {
        var components = (among?.LongLength ?? snapshot.Count) * dimensions;
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = (int)Math.Clamp(components / ComponentsPerThread, 1, Environment.ProcessorCount),
            CancellationToken = cancellationToken,
        };

        // Without buffering, a thread takes one block at a time, so that all end at about the same time.
        Parallel.ForEach(
            Partitioner.Create(snapshot.Blocks, EnumerablePartitionerOptions.NoBuffering),
            options,
            pass.CreateEmpty,
            (block, _, part) =>
            {
                block.Compare(part, among);
                return part;
            },
            part =>
            {
                lock (pass)
                {
                    pass.Add(part);
                }
            });
    }
}
