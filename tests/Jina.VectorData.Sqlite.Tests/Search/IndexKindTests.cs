using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Search;

/// <summary>Tests what the index kinds of a vector property change.</summary>
public sealed class IndexKindTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData(IndexKind.Flat, false)]
    [InlineData(IndexKind.QuantizedFlat, false)]
    [InlineData(IndexKind.Hnsw, true)]
    [InlineData(IndexKind.IvfFlat, true)]
    [InlineData(IndexKind.DiskAnn, true)]
    [InlineData(IndexKind.Dynamic, true)]
    public async Task A_known_kind_is_searched_and_that_of_a_server_is_logged(string? kind, bool isLogged)
    {
        using var log = new Log();
        using var file = new TestStore(new() { LoggerFactory = log });
        var vectors = VectorRecords.Create(100, 8);

        var records = await new VectorRecords(file.Store, 8, indexKind: kind).StoreAsync(vectors);

        Assert.Equal(VectorRecords.Scan(vectors, null, vectors[0], 10), await records.SearchAsync(vectors[0], 10));
        var message = $"The index kind {kind} of the property Vector in the collection records is searched exactly, as the kind Flat.";
        Assert.Equal(isLogged ? [message] : [], log.Messages);
    }

    [Fact]
    public void An_unknown_kind_is_rejected_with_the_known_ones()
    {
        using var file = new TestStore();

        var error = Assert.Throws<NotSupportedException>(() => new VectorRecords(file.Store, 8, indexKind: "Tree"));

        Assert.Equal(
            "The index kind 'Tree' of the property 'Vector' is not supported. Supported kinds are Flat, QuantizedFlat, Hnsw, IvfFlat, "
            + "DiskAnn, Dynamic.",
            error.Message);
    }

    [Theory]
    [InlineData(DistanceFunction.CosineSimilarity)]
    [InlineData(DistanceFunction.CosineDistance)]
    public async Task Most_hits_of_QuantizedFlat_are_those_of_an_exact_search(string distanceFunction)
    {
        const int Dimensions = 256;

        // The vectors are in five clusters, so the candidates are about one of them. The queries are in the same clusters.
        using var file = new TestStore();
        var all = VectorRecords.Create(5050, Dimensions);
        var vectors = all[..5000];
        var exact = await new VectorRecords(file.Store, Dimensions, distanceFunction).StoreAsync(vectors);
        var quantized = new VectorRecords(file.Store, Dimensions, distanceFunction, IndexKind.QuantizedFlat);
        var recalls = new List<double>();
        foreach (var query in all[5000..].Where(query => query.Any(value => value != 0)))
        {
            var found = await quantized.SearchAsync(query, 10);
            var expected = VectorRecords.Scan(vectors, distanceFunction, query, 10);
            recalls.Add(VectorRecords.Recall(expected, found));

            // The scores of found rows are exact.
            Assert.All(expected.IntersectBy(found.Select(hit => hit.Id), hit => hit.Id), hit => Assert.Contains(hit, found));
        }

        Assert.InRange(recalls.Average(), 0.99, 1);
        Assert.InRange(file.Store.VectorCacheBytes, 1, 5000 * ((Dimensions / 8) + 8));

        // The same file is searched exactly with the default kind.
        Assert.Equal(VectorRecords.Scan(vectors, distanceFunction, vectors[0], 10), await exact.SearchAsync(vectors[0], 10));
    }

    [Fact]
    public async Task QuantizedFlat_is_exact_if_signs_do_not_decide_or_do_not_fit()
    {
        const int Dimensions = 64;
        using var file = new TestStore();
        var vectors = VectorRecords.Create(5000, Dimensions);
        await new VectorRecords(file.Store, Dimensions, DistanceFunction.EuclideanDistance).StoreAsync(vectors);
        using var small = new SqliteVectorStore(file.ConnectionString, new() { MaxVectorCacheBytes = 10_000 });
        var query = VectorRecords.Create(1, Dimensions, seed: 2)[0];

        foreach (var (store, distanceFunction) in new[]
        {
            (file.Store, DistanceFunction.EuclideanDistance),
            (small, DistanceFunction.CosineSimilarity),
        })
        {
            var records = new VectorRecords(store, Dimensions, distanceFunction, IndexKind.QuantizedFlat);
            Assert.Equal(VectorRecords.Scan(vectors, distanceFunction, query, 10), await records.SearchAsync(query, 10));
        }
    }

    /// <summary>Collects log messages.</summary>
    private sealed class Log : ILoggerFactory, ILogger
    {
        public List<string> Messages { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add(formatter(state, exception));

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }
}
