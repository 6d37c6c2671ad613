using System.Runtime.CompilerServices;
using Jina.VectorData.Sqlite.Filters;
using Jina.VectorData.Sqlite.Records;
using Jina.VectorData.Sqlite.Search;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite;

/// <content>Searches by vector, by keyword, and by both.</content>
public partial class SqliteCollection<TKey, TRecord>
{
    private const int AttemptsBeforeReload = 3;

    /// <inheritdoc/>
    public override async IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(
        TInput searchValue,
        int top,
        VectorSearchOptions<TRecord>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new();
        var property = _model.GetVectorPropertyOrSingle(options);
        var includeVectors = CheckIncludeVectors(options.IncludeVectors);
        var filter = FilterTranslator.Translate(options.Filter, _model, cancellationToken);
        var vector = await VectorValues.FromSearchValueAsync(searchValue, property, cancellationToken).ConfigureAwait(false);
        var distance = Distance.Parse(property.DistanceFunction);
        var query = new VectorQuery(vector, distance, CountHits(top, options.Skip), options.ScoreThreshold);
        var found = await FindAsync(
            (connection, state) => _vectorSearch.Find(connection, state, property, query, filter, cancellationToken),
            filter,
            options.Skip,
            usesVectors: true,
            includeVectors,
            cancellationToken).ConfigureAwait(false);
        foreach (var result in found)
        {
            yield return result;
        }
    }

    /// <summary>
    /// Searches by vector and by keyword, and merges the two rankings by <see cref="SqliteCollectionOptions.HybridFusion"/>, or by
    /// that of <see cref="SqliteHybridSearchOptions{TRecord}"/>.
    /// </summary>
    /// <typeparam name="TInput">The type of the search value.</typeparam>
    /// <param name="searchValue">The vector, or a value that the property's embedding generator embeds.</param>
    /// <param name="keywords">
    /// The keywords, of which a record needs only one. Several words in one keyword are a phrase. Repeated keywords count once. If
    /// empty, only the vector counts. At most 512 words are allowed. <see cref="Keywords.FromQuestion(string)"/> returns those of a
    /// question.
    /// </param>
    /// <param name="top">The maximum number of results, at least 1.</param>
    /// <param name="options">
    /// The options. If <see langword="null"/>, the default values are used. The text property must have a full-text index.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the search.</param>
    /// <exception cref="ArgumentException">The keywords have too many different words.</exception>
    /// <returns>The results, the best first. The score is that of the fusion; by default it is from 0 to 1.</returns>
    public async IAsyncEnumerable<VectorSearchResult<TRecord>> HybridSearchAsync<TInput>(
        TInput searchValue,
        ICollection<string> keywords,
        int top,
        HybridSearchOptions<TRecord>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TInput : notnull
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        ArgumentNullException.ThrowIfNull(keywords);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new();
        var property = _model.GetVectorPropertyOrSingle(new VectorSearchOptions<TRecord> { VectorProperty = options.VectorProperty });
        var text = _model.GetFullTextDataPropertyOrSingle(options.AdditionalProperty);
        var includeVectors = CheckIncludeVectors(options.IncludeVectors);
        var filter = FilterTranslator.Translate(options.Filter, _model, cancellationToken);
        var vector = await VectorValues.FromSearchValueAsync(searchValue, property, cancellationToken).ConfigureAwait(false);
        var count = CountHits(top, options.Skip);
        var depth = Math.Max(count, HybridFusion.Depth);
        var distance = Distance.Parse(property.DistanceFunction);
        var query = new VectorQuery(vector, distance, depth, threshold: null);
        var fusion = (options as SqliteHybridSearchOptions<TRecord>)?.HybridFusion ?? _fusion;
        var keywordQuery = KeywordQuery.Create(keywords, CollectionTables.FullTextColumn(text));
        var found = await FindAsync(
            (connection, state) =>
            {
                var byVector = _vectorSearch.Find(connection, state, property, query, filter, cancellationToken);
                var byKeyword = _keywordSearch.Find(connection, keywordQuery, depth, filter);
                var keywordRange = new Lazy<ScoreRange?>(
                    () => _keywordSearch.FindRange(connection, keywordQuery, state.Rows));
                return AtLeast(options.ScoreThreshold, fusion.Fuse(
                    count,
                    new Ranking(byVector, new(distance.Range), IsCut: byVector.Length == depth),
                    new Ranking(byKeyword, keywordRange, IsCut: byKeyword.Length == depth)));
            },
            filter,
            options.Skip,
            usesVectors: true,
            includeVectors,
            cancellationToken).ConfigureAwait(false);
        foreach (var result in found)
        {
            yield return result;
        }
    }

    /// <summary>Searches by keyword only, ranked by BM25.</summary>
    /// <param name="keywords">
    /// The keywords, of which a record needs only one. Several words in one keyword are a phrase. Repeated keywords count once. At
    /// most 512 words are allowed.
    /// </param>
    /// <param name="top">The maximum number of results, at least 1.</param>
    /// <param name="options">
    /// The options. If <see langword="null"/>, the default values are used. The text property must have a full-text index. The vector
    /// property is ignored.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the search.</param>
    /// <exception cref="ArgumentException">The keywords have too many different words.</exception>
    /// <returns>
    /// The records that contain a keyword, the best first. The score is the BM25 of SQLite's FTS5; higher scores are better.
    /// </returns>
    public async IAsyncEnumerable<VectorSearchResult<TRecord>> KeywordSearchAsync(
        ICollection<string> keywords,
        int top,
        HybridSearchOptions<TRecord>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keywords);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new();
        var text = _model.GetFullTextDataPropertyOrSingle(options.AdditionalProperty);
        var includeVectors = CheckIncludeVectors(options.IncludeVectors);
        var filter = FilterTranslator.Translate(options.Filter, _model, cancellationToken);
        var query = KeywordQuery.Create(keywords, CollectionTables.FullTextColumn(text));
        var count = CountHits(top, options.Skip);
        var found = await FindAsync(
            (connection, _) => AtLeast(options.ScoreThreshold, _keywordSearch.Find(connection, query, count, filter)),
            filter,
            options.Skip,
            usesVectors: includeVectors,
            includeVectors,
            cancellationToken).ConfigureAwait(false);
        foreach (var result in found)
        {
            yield return result;
        }
    }

    private async Task<List<VectorSearchResult<TRecord>>> FindAsync(
        Func<SqliteConnection, CollectionState, Hit[]> find,
        SqlFilter filter,
        int skip,
        bool usesVectors,
        bool includeVectors,
        CancellationToken cancellationToken,
        [CallerMemberName] string name = "")
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ReadAsync((connection, operation) =>
                {
                    var state = _schema.Require(connection, operation, usesVectors);
                    var hits = filter.Run(connection, operation, () => find(connection, state)).Skip(skip).ToList();
                    var records = _reader.ReadEach(connection, includeVectors, _reader.HasId, hits.Select(hit => (object)hit.Id));

                    // A row that another program replaced without removing its vector has no record.
                    return records.Zip(hits)
                        .Where(found => found.First is not null)
                        .Select(found => new VectorSearchResult<TRecord>(found.First!, found.Second.Score))
                        .ToList();
                }, cancellationToken, name).ConfigureAwait(false);
            }
            catch (OutdatedTransactionException outdated)
            {
                // A new transaction sees the later state, unless the file itself is older, such as a restored backup.
                if (attempt >= AttemptsBeforeReload)
                {
                    _cache.Remove(outdated.Collection);
                }
            }
        }
    }

    /// <summary>Returns the number of hits to find, at most <see cref="int.MaxValue"/>, which means all hits.</summary>
    private static int CountHits(int top, int skip) => (int)Math.Min(int.MaxValue, (long)top + skip);

    private static Hit[] AtLeast(double? threshold, Hit[] hits) =>
        threshold is { } least ? [.. hits.Where(hit => hit.Score >= least)] : hits;
}
