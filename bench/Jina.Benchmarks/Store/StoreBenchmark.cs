using System.Diagnostics;
using System.Linq.Expressions;
using System.Numerics.Tensors;
using Jina.Benchmarking;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.VectorData;

namespace Jina.Benchmarks.Store;

/// <summary>Measures ingestion and exact search of the SQLite store, and compares them with a plain scan of arrays in memory.</summary>
internal static class StoreBenchmark
{
    private const int BatchSize = 1000;
    private const int Queries = 50;
    private const int Top = 10;

    public static async Task<int> RunAsync(int count)
    {
        var folder = Directory.CreateTempSubdirectory("jina-store-").FullName;
        try
        {
            var records = StoreRecords.Create(count);
            await IngestAsync("ingest, no full-text index", Path.Combine(folder, "plain.db"), records, null);
            await IngestAsync("ingest, full-text index   ", Path.Combine(folder, "text.db"), records, StoreRecords.WithFullText);
            await SearchAsync(Path.Combine(folder, "plain.db"), records);
            await SearchFileAsync(Path.Combine(folder, "plain.db"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task IngestAsync(
        string label, string path, StoreRecord[] records, VectorStoreCollectionDefinition? definition)
    {
        using var store = new SqliteVectorStore($"Data Source={path}");
        var collection = store.GetCollection<string, StoreRecord>("records", definition);
        await collection.EnsureCollectionExistsAsync();
        var clock = Stopwatch.StartNew();
        foreach (var batch in records.Chunk(BatchSize))
        {
            await collection.UpsertAsync(batch);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        Console.WriteLine($"{label}  {records.Length / seconds,9:N0} records/s   {new FileInfo(path).Length / 1e6,6:N0} MB");
    }

    private static async Task SearchAsync(string path, StoreRecord[] records)
    {
        using var store = new SqliteVectorStore($"Data Source={path}");
        var collection = store.GetCollection<string, StoreRecord>("records");
        var random = new Random(2);
        var queries = Enumerable.Range(0, Queries).Select(_ => StoreRecords.CreateVector(random)).ToArray();

        var first = Stopwatch.StartNew();
        await collection.SearchAsync(queries[0], Top).CountAsync();
        var cached = store.VectorCacheBytes / 1e6;
        Console.WriteLine($"first search, reads the vectors  {first.Elapsed.TotalMilliseconds,8:N0} ms   {cached:N0} MB cached");

        // The measurements alternate, so that other work of the machine affects all of them.
        var (scan, all, tenth) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var query in queries)
        {
            var clock = Stopwatch.StartNew();
            var expected = Scan(records, query);
            scan.Add(clock.Elapsed.TotalMilliseconds);
            all.Add(await TimeAsync(collection, query, null, expected));
            tenth.Add(await TimeAsync(collection, query, record => record.Tenth == 3, null));
        }

        Report("scan of arrays, one thread ", scan);
        Report("search                     ", all);
        Report("search, filter of a tenth  ", tenth);
    }

    private static async Task SearchFileAsync(string path)
    {
        using var store = new SqliteVectorStore($"Data Source={path}", new() { MaxVectorCacheBytes = 0 });
        var collection = store.GetCollection<string, StoreRecord>("records");
        var random = new Random(3);
        var times = new List<double>();
        for (var i = 0; i < Queries / 5; i++)
        {
            times.Add(await TimeAsync(collection, StoreRecords.CreateVector(random), null, null));
        }

        Report("search, vectors not cached ", times);
    }

    private static async Task<double> TimeAsync(
        VectorStoreCollection<string, StoreRecord> collection,
        float[] query,
        Expression<Func<StoreRecord, bool>>? filter,
        string[]? expected)
    {
        var clock = Stopwatch.StartNew();
        var found = await collection.SearchAsync(query, Top, new() { Filter = filter }).Select(result => result.Record.Id).ToArrayAsync();
        var milliseconds = clock.Elapsed.TotalMilliseconds;
        if (expected is not null && !expected.SequenceEqual(found))
        {
            throw new InvalidOperationException("The search and the scan returned different records.");
        }

        return milliseconds;
    }

    private static string[] Scan(StoreRecord[] records, float[] query)
    {
        var best = new PriorityQueue<string, float>();
        foreach (var record in records)
        {
            best.Enqueue(record.Id, TensorPrimitives.CosineSimilarity(query, record.Vector.Span));
            if (best.Count > Top)
            {
                best.Dequeue();
            }
        }

        return [.. Enumerable.Range(0, Top).Select(_ => best.Dequeue()).Reverse()];
    }

    private static void Report(string label, List<double> milliseconds)
    {
        var p90 = milliseconds.Order().ElementAt(milliseconds.Count * 9 / 10);
        Console.WriteLine($"{label}  p50 {Quantiles.Median(milliseconds),7:N1} ms   p90 {p90,7:N1} ms");
    }
}
