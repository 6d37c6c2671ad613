using Jina.VectorData.Sqlite.Filters;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Finds rows of a collection by keyword, ranked by BM25.</summary>
internal sealed class KeywordSearch(CollectionTables tables)
{
    /// <summary>Returns the best rows that meet the filter first. The score is the rank of FTS5 with the sign inverted.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="query">The FTS5 query; <see langword="null"/> finds nothing.</param>
    /// <param name="count">The maximum number of hits.</param>
    /// <param name="filter">The filter.</param>
    public Hit[] Find(SqliteConnection connection, string? query, int count, SqlFilter filter)
    {
        if (query is null)
        {
            return [];
        }

        var (match, limit) = ($"${filter.Parameters.Count + 1}", $"${filter.Parameters.Count + 2}");
        var condition = filter == SqlFilter.All
            ? ""
            : $" AND rowid IN (SELECT {CollectionTables.Id} FROM {tables.Data} {SqlFilter.Table} WHERE {filter.Sql})";
        return [.. connection.Query(
            $"SELECT rowid, -rank FROM {tables.FullText} WHERE {tables.FullText} MATCH {match}{condition} "
                + $"ORDER BY rank, rowid LIMIT {limit}",
            row => new Hit(row.GetInt64(0), row.GetDouble(1)),
            [.. filter.Parameters, query, count])];
    }
}
