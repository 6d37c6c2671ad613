using Jina.VectorData.Sqlite.Filters;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Finds rows of a collection by keyword, ranked by BM25.</summary>
internal sealed class KeywordSearch(CollectionTables tables)
{
    /// <summary>The parameter k1 of FTS5's BM25.</summary>
    private const double TermSaturation = 1.2;

    /// <summary>The least weight of a phrase, which FTS5 gives to phrases of more than half of the rows.</summary>
    private const double LeastWeight = 1e-6;

    /// <summary>Returns the best rows that meet the filter first. The score is the rank of FTS5 with the sign inverted.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="query">The query; <see langword="null"/> finds nothing.</param>
    /// <param name="count">The maximum number of hits.</param>
    /// <param name="filter">The filter.</param>
    public Hit[] Find(SqliteConnection connection, KeywordQuery? query, int count, SqlFilter filter)
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
            [.. filter.Parameters, query.Any, count])];
    }

    /// <summary>Returns the scores between a row without any of the keywords and one that consists of nothing else.</summary>
    /// <remarks>
    /// The weight of a phrase in n of N rows is ln((N - n + 0.5) / (n + 0.5)), and at most k1 + 1 times that counts. A keyword that no row
    /// has weighs most, so the best row has a low score if the texts use other words than the question.
    /// Formula: https://sqlite.org/fts5.html#the_bm25_function.
    /// </remarks>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="query">The query; <see langword="null"/> has no range.</param>
    /// <param name="rows">The number of rows.</param>
    public ScoreRange? FindRange(SqliteConnection connection, KeywordQuery? query, long rows)
    {
        var best = query?.Each.Sum(phrase =>
        {
            var found = (long)connection.Scalar($"SELECT count(*) FROM {tables.FullText} WHERE {tables.FullText} MATCH $1", phrase)!;
            return Math.Max(Math.Log((rows - found + 0.5) / (found + 0.5)), LeastWeight) * (TermSaturation + 1);
        });
        return best is null ? null : new ScoreRange(Worst: 0, best.Value);
    }
}
