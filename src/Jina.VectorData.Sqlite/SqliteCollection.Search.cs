using System.Runtime.CompilerServices;
using Jina.VectorData.Sqlite.Filters;
using Jina.VectorData.Sqlite.Records;
using Jina.VectorData.Sqlite.Search;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite;

/// <content>The searches.</content>
public partial class SqliteCollection<TKey, TRecord>
{
    private const int AttemptsBeforeForgetting = 3;

    /// <inheritdoc/>
    public override async IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(TInput searchValue, int top, VectorSearchOptions<TRecord>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new();
        var property = _model.GetVectorPropertyOrSingle(options);
        var withVectors = WithVectors(options.IncludeVectors);
        var filter = FilterTranslator.Translate(options.Filter, _model);
        var vector = await VectorValues.OfSearchAsync(searchValue, property, cancellationToken).ConfigureAwait(false);
        var query = new VectorQuery(vector, Distance.Of(property.DistanceFunction), Depth(top, options.Skip), options.ScoreThreshold);
        var found = await FindAsync(
            (connection, state) => _search.ByVector(connection, state, property, query, filter, cancellationToken),
            options.Skip,
            withVectors,
            cancellationToken).ConfigureAwait(false);
        foreach (var result in found)
        {
            yield return result;
        }
    }

    /// <summary>Searches by vector and by keyword, and merges the two rankings by reciprocal rank fusion.</summary>
    /// <typeparam name="TInput">The type of the search value.</typeparam>
    /// <param name="searchValue">A vector, or what the property's embedding generator makes one of.</param>
    /// <param name="keywords">The words to look for, any of them; one of several words is a phrase. With none, the vector alone ranks.</param>
    /// <param name="top">The most results, at least 1.</param>
    /// <param name="options">The options; null for the default ones. The text property must be full-text indexed.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The results, best first. The score is the sum of 1 / (60 + rank) over the two rankings: at most 2/61.</returns>
    public async IAsyncEnumerable<VectorSearchResult<TRecord>> HybridSearchAsync<TInput>(TInput searchValue, ICollection<string> keywords, int top, HybridSearchOptions<TRecord>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TInput : notnull
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        ArgumentNullException.ThrowIfNull(keywords);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new();
        var property = _model.GetVectorPropertyOrSingle(new VectorSearchOptions<TRecord> { VectorProperty = options.VectorProperty });
        var text = _model.GetFullTextDataPropertyOrSingle(options.AdditionalProperty);
        var withVectors = WithVectors(options.IncludeVectors);
        var filter = FilterTranslator.Translate(options.Filter, _model);
        var vector = await VectorValues.OfSearchAsync(searchValue, property, cancellationToken).ConfigureAwait(false);
        var count = Depth(top, options.Skip);
        var depth = Math.Max(count, RankFusion.Depth);
        var query = new VectorQuery(vector, Distance.Of(property.DistanceFunction), depth, Threshold: null);
        var words = KeywordQuery.Of(keywords, text.StorageName, depth);
        var found = await FindAsync(
            (connection, state) => AtLeast(options.ScoreThreshold, _search.Hybrid(connection, state, property, query, words, filter, count, cancellationToken)),
            options.Skip,
            withVectors,
            cancellationToken).ConfigureAwait(false);
        foreach (var result in found)
        {
            yield return result;
        }
    }

    /// <summary>Searches by keyword alone, ranked by BM25.</summary>
    /// <param name="keywords">The words to look for, any of them; one of several words is a phrase.</param>
    /// <param name="top">The most results, at least 1.</param>
    /// <param name="options">The options; null for the default ones. The text property must be full-text indexed; a vector property is not looked at.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The results, best first; only records that hold a keyword. The score is the BM25 of SQLite's FTS5, higher being better.</returns>
    public async IAsyncEnumerable<VectorSearchResult<TRecord>> KeywordSearchAsync(ICollection<string> keywords, int top, HybridSearchOptions<TRecord>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keywords);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new();
        var text = _model.GetFullTextDataPropertyOrSingle(options.AdditionalProperty);
        var withVectors = WithVectors(options.IncludeVectors);
        var filter = FilterTranslator.Translate(options.Filter, _model);
        var query = KeywordQuery.Of(keywords, text.StorageName, Depth(top, options.Skip));
        var found = await FindAsync(
            (connection, _) => query is null ? [] : AtLeast(options.ScoreThreshold, _search.ByKeyword(connection, query, filter)),
            options.Skip,
            withVectors,
            cancellationToken).ConfigureAwait(false);
        foreach (var result in found)
        {
            yield return result;
        }
    }

    private async Task<List<VectorSearchResult<TRecord>>> FindAsync(Func<SqliteConnection, CollectionState, Hit[]> find, int skip, bool withVectors, CancellationToken cancellationToken, [CallerMemberName] string name = "")
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ReadAsync((connection, operation) =>
                {
                    var hits = find(connection, _access.Require(connection, operation)).Skip(skip).ToList();
                    var records = _reader.ReadEach(connection, withVectors, _reader.HasId, hits.Select(hit => (object)hit.Id));
                    return records.Zip(hits, (record, hit) => new VectorSearchResult<TRecord>(record, hit.Score)).ToList();
                }, cancellationToken, name).ConfigureAwait(false);
            }
            catch (OutdatedTransactionException outdated)
            {
                // A new transaction sees what others have seen, unless the file itself went back, as a restored copy does.
                if (attempt >= AttemptsBeforeForgetting)
                {
                    _cache.Forget(outdated.Collection);
                }
            }
        }
    }

    /// <summary>How many hits it takes to skip some and return others; who asks for all of them names the largest number.</summary>
    private static int Depth(int top, int skip) => (int)Math.Min(int.MaxValue, (long)top + skip);

    private static Hit[] AtLeast(double? threshold, Hit[] hits) => threshold is { } least ? [.. hits.Where(hit => hit.Score >= least)] : hits;
}
