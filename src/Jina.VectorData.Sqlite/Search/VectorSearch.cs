using Jina.VectorData.Sqlite.Filters;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Finds the rows of a collection whose vectors are closest to a query. The result is exact.</summary>
internal sealed class VectorSearch(CollectionTables tables, VectorCache cache)
{
    /// <summary>Comparing fewer components than this is faster than starting a second thread.</summary>
    private const long ComponentsPerThread = 1 << 20;

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
        var reader = new VectorReader(connection, tables, property, cancellationToken);
        return cache.Get(state, property.StorageName, reader) is { } snapshot
            ? FindInMemory(snapshot, query, among, cancellationToken)
            : FindInFile(reader, query, among);
    }

    private long[] FindIds(SqliteConnection connection, SqlFilter filter)
    {
        var ids = connection.Query(
            $"SELECT {CollectionTables.Id} FROM {tables.Data} {SqlFilter.Table} WHERE {filter.Sql}",
            row => row.GetInt64(0),
            [.. filter.Parameters]).ToArray();
        Array.Sort(ids);
        return ids;
    }

    private static Hit[] FindInMemory(VectorSnapshot snapshot, VectorQuery query, long[]? among, CancellationToken cancellationToken)
    {
        var components = (among?.LongLength ?? snapshot.Count) * query.Dimensions;
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = (int)Math.Clamp(components / ComponentsPerThread, 1, Environment.ProcessorCount),
            CancellationToken = cancellationToken,
        };
        var best = query.CreateHits();
        Parallel.For(
            0,
            snapshot.Blocks.Count,
            options,
            query.CreateHits,
            (i, _, hits) => Scan(snapshot.Blocks[i], query, among, hits),
            hits =>
            {
                lock (best)
                {
                    best.Add(hits);
                }
            });
        return best.TakeAll();
    }

    /// <summary>Compares the query with the vectors of a block. Searches in memory spend almost all their time in this loop.</summary>
    private static TopHits Scan(VectorBlock block, VectorQuery query, long[]? among, TopHits hits)
    {
        foreach (var index in block.FindCandidates(among, stackalloc int[block.Count]))
        {
            hits.Add(block.IdAt(index), query.Score(block.VectorAt(index), block.NormAt(index)));
        }

        return hits;
    }

    private static Hit[] FindInFile(VectorReader reader, VectorQuery query, long[]? among)
    {
        var hits = query.CreateHits();
        void Add(long id, ReadOnlySpan<float> vector, float norm) => hits.Add(id, query.Score(vector, norm));
        if (among is null)
        {
            reader.ReadAbove(0, Add);
        }
        else
        {
            reader.ReadEach(among, Add);
        }

        return hits.TakeAll();
    }
}
