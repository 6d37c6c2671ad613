using System.Numerics.Tensors;
using Jina.VectorData.Sqlite.Filters;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Finds rows of a collection by vector, by keyword, or both.</summary>
internal sealed class CollectionSearch(CollectionTables tables, VectorCache cache)
{
    /// <summary>Compares the query with every vector whose row meets the filter; best first.</summary>
    public Hit[] ByVector(SqliteConnection connection, CollectionState state, VectorPropertyModel property, VectorQuery query, SqlFilter filter, CancellationToken cancellationToken)
    {
        var among = filter == SqlFilter.All ? null : Ids(connection, filter);
        var loader = new VectorLoader(tables.Data, tables.VectorsOf(property), property.Dimensions);
        return cache.Load(connection, state, property.StorageName, loader, cancellationToken) is { } snapshot
            ? snapshot.Search(query, among, cancellationToken)
            : FromFile(connection, loader, query, among, cancellationToken);
    }

    /// <summary>Ranks the rows that meet the filter by BM25; best first, the score being FTS5's with the sign turned.</summary>
    public Hit[] ByKeyword(SqliteConnection connection, KeywordQuery query, SqlFilter filter)
    {
        var parameter = filter.Parameters.Count;
        var condition = filter == SqlFilter.All ? "" : $" AND rowid IN (SELECT {CollectionTables.Id} FROM {tables.Data} {SqlFilter.Table} WHERE {filter.Sql})";
        return [.. connection.Query(
            $"SELECT rowid, -rank FROM {tables.FullText} WHERE {tables.FullText} MATCH ${parameter + 1}{condition} ORDER BY rank, rowid LIMIT ${parameter + 2}",
            row => new Hit(row.GetInt64(0), row.GetDouble(1)),
            [.. filter.Parameters, query.Match, query.Count])];
    }

    /// <summary>Fuses the ranking by vector with that by keyword.</summary>
    public Hit[] Hybrid(SqliteConnection connection, CollectionState state, VectorPropertyModel property, VectorQuery query, KeywordQuery? keywords, SqlFilter filter, int count, CancellationToken cancellationToken)
    {
        var byVector = ByVector(connection, state, property, query, filter, cancellationToken);
        return RankFusion.Fuse(count, byVector, keywords is null ? [] : ByKeyword(connection, keywords, filter));
    }

    private long[] Ids(SqliteConnection connection, SqlFilter filter)
    {
        var ids = connection.Query(
            $"SELECT {CollectionTables.Id} FROM {tables.Data} {SqlFilter.Table} WHERE {filter.Sql}",
            row => row.GetInt64(0),
            [.. filter.Parameters]).ToArray();
        Array.Sort(ids);
        return ids;
    }

    private static Hit[] FromFile(SqliteConnection connection, VectorLoader loader, VectorQuery query, long[]? among, CancellationToken cancellationToken)
    {
        var hits = query.NewHits();
        void Try(long id, ReadOnlySpan<float> vector) => query.Try(hits, id, vector, TensorPrimitives.Norm(vector));
        if (among is null)
        {
            loader.ReadAbove(connection, 0, Try, cancellationToken);
        }
        else
        {
            loader.ReadEach(connection, among, Try, cancellationToken);
        }

        return hits.TakeAll();
    }
}
