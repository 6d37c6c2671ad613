using System.Linq.Expressions;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.VectorData;

namespace Jina.Benchmarks.Store;

/// <summary>
/// Measures ingestion and search of the SQLite store, checks each exact result against a scan of floats, and compares the store with
/// other ways to search the same vectors.
/// </summary>
internal sealed class StoreBenchmark(string path, StoreVectors vectors, int count, int queries)
{
    private const int FilterQueries = 100;
    private const int SlowQueries = 20;
    private const int QueriesPerTurn = 50;

    private readonly FloatScan _scan = new(vectors.Flatten(count));
    private bool _exact = true;

    /// <summary>Runs the benchmark with random and with clustered vectors.</summary>
    /// <returns>0; 1 if an exact search and the scan returned different results.</returns>
    public static async Task<int> RunAsync(int count, int queries)
    {
        var folder = Directory.CreateTempSubdirectory("jina-store-").FullName;
        try
        {
            await StoreClock.IngestAsync(
                "ingest, full-text index", Path.Combine(folder, "text.db"), StoreVectors.Random, count, fullText: true);
            var exact = true;
            StoreVectors[] kinds = [StoreVectors.Random, StoreVectors.Clustered];
            foreach (var vectors in kinds)
            {
                var benchmark = new StoreBenchmark(Path.Combine(folder, $"{vectors.Name}.db"), vectors, count, queries);
                exact &= await benchmark.RunAsync();
            }

            // Last, because building a graph takes longer than all the rest.
            foreach (var vectors in kinds)
            {
                PeerBenchmark.Run(vectors, count);
            }

            return exact ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<bool> RunAsync()
    {
        await StoreClock.IngestAsync($"{vectors.Name}: ingest", path, vectors, count);
        using (var store = StoreClock.Open(path))
        {
            await MeasureFirstAsync(store, "search", indexKind: null);
            foreach (var distanceFunction in FloatScan.DistanceFunctions)
            {
                await CompareAsync(store, distanceFunction);
            }

            await MeasureFilterAsync(store, "1 in 10, no index", record => record.Tenth == 0, step: 10);
            await MeasureFilterAsync(store, "1 in 1,000, indexed", record => record.Thousandth == 0, step: 1000);
        }

        await MeasureQuantizedAsync();
        await MeasureUncachedAsync();
        return _exact;
    }

    /// <summary>Opens the file, searches once, and measures the memory for vectors.</summary>
    private async Task MeasureFirstAsync(SqliteVectorStore store, string label, string? indexKind)
    {
        var collection = StoreClock.Collect(store, StoreRecords.Define(indexKind: indexKind));
        var (milliseconds, _) = await StoreClock.SearchAsync(collection, vectors.CreateQueries(1)[0]);
        StoreTable.Add($"{vectors.Name}: first {label}", milliseconds, "opens the file");
        StoreClock.AddCache($"{vectors.Name}: {label}, memory for vectors", store, count);
    }

    /// <summary>Compares every search with a scan. They take turns, so that other work of the machine affects both.</summary>
    /// <remarks>A turn has several queries. Otherwise, each scan would remove the vectors of the store from the cache.</remarks>
    private async Task CompareAsync(SqliteVectorStore store, string distanceFunction)
    {
        var collection = StoreClock.Collect(store, StoreRecords.Define(distanceFunction));
        var (scans, searches) = (new SearchTally(), new SearchTally());
        var progress = new StoreProgress($"{vectors.Name}: {distanceFunction}", queries);
        foreach (var turn in vectors.CreateQueries(queries).Chunk(QueriesPerTurn))
        {
            var expected = new List<ScanHit[]>();
            foreach (var query in turn)
            {
                var (time, hits) = StoreClock.Measure(() => _scan.Find(query, distanceFunction, StoreClock.Top));
                scans.Add(time, hits, hits);
                expected.Add(hits);
            }

            foreach (var (query, hits) in turn.Zip(expected))
            {
                var (time, found) = await StoreClock.SearchAsync(collection, query);
                searches.Add(time, found, hits);
                progress.Add();
            }
        }

        StoreTable.Add($"{vectors.Name}: float scan, {distanceFunction}", scans.Median, $"p90 {scans.Percentile90:N2}, all processors");
        AddExact(
            $"{vectors.Name}: search, {distanceFunction}",
            searches,
            $"p90 {searches.Percentile90:N2}, {scans.Median / searches.Median:N2}x as fast");
    }

    private async Task MeasureFilterAsync(SqliteVectorStore store, string label, Expression<Func<StoreRecord, bool>> filter, int step)
    {
        var collection = StoreClock.Collect(store, StoreRecords.Define());
        var searches = new SearchTally();
        foreach (var query in vectors.CreateQueries(FilterQueries))
        {
            var (time, found) = await StoreClock.SearchAsync(collection, query, filter);
            searches.Add(time, found, _scan.Find(query, DistanceFunction.CosineSimilarity, StoreClock.Top, step));
        }

        AddExact($"{vectors.Name}: search, filter of {label}", searches, $"p90 {searches.Percentile90:N2}");
    }

    private async Task MeasureQuantizedAsync()
    {
        using var store = StoreClock.Open(path);
        await MeasureFirstAsync(store, "QuantizedFlat search", IndexKind.QuantizedFlat);
        var collection = StoreClock.Collect(store, StoreRecords.Define(indexKind: IndexKind.QuantizedFlat));
        var searches = new SearchTally();
        foreach (var query in vectors.CreateQueries(queries))
        {
            var (time, found) = await StoreClock.SearchAsync(collection, query);
            searches.Add(time, found, _scan.Find(query, DistanceFunction.CosineSimilarity, StoreClock.Top));
        }

        StoreTable.Add(
            $"{vectors.Name}: QuantizedFlat search", searches.Median, $"p90 {searches.Percentile90:N2}, {searches.Recall}");
    }

    private async Task MeasureUncachedAsync()
    {
        using var store = StoreClock.Open(path, maxCacheBytes: 0);
        var collection = StoreClock.Collect(store, StoreRecords.Define());
        var searches = new SearchTally();
        foreach (var query in vectors.CreateQueries(SlowQueries))
        {
            var (time, found) = await StoreClock.SearchAsync(collection, query);
            searches.Add(time, found, _scan.Find(query, DistanceFunction.CosineSimilarity, StoreClock.Top));
        }

        AddExact($"{vectors.Name}: search, nothing cached", searches, $"p90 {searches.Percentile90:N2}");
    }

    private void AddExact(string figure, SearchTally searches, string note)
    {
        StoreTable.Add(figure, searches.Median, $"{note}, {searches.Identical}");
        _exact &= searches.AllIdentical;
    }
}
