using System.Diagnostics;
using System.Linq.Expressions;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.VectorData;

namespace Jina.Benchmarks.Store;

/// <summary>Ingests and searches a file with the public API of the store, and measures how long that takes.</summary>
internal static class StoreClock
{
    public const int Top = 10;
    private const int BatchSize = 1000;
    private const string CollectionName = "records";

    /// <summary>Creates a file of records and adds the time per record to the table.</summary>
    public static async Task IngestAsync(string figure, string path, StoreVectors vectors, int count, bool fullText = false)
    {
        var (clock, progress) = (new Stopwatch(), new StoreProgress(figure, count));
        using (var store = Open(path))
        {
            var collection = Collect(store, StoreRecords.Define(fullText: fullText));
            await collection.EnsureCollectionExistsAsync();
            foreach (var batch in StoreRecords.Create(vectors, count).Chunk(BatchSize))
            {
                // The time to generate records does not count.
                clock.Start();
                await collection.UpsertAsync(batch);
                clock.Stop();
                progress.Add(batch.Length);
            }

            // Disposal moves the last batches from the log into the file.
            clock.Start();
        }

        clock.Stop();
        var seconds = clock.Elapsed.TotalSeconds;
        StoreTable.Add(
            figure,
            $"{seconds * 1e6 / count:N1} µs/record",
            $"{count / seconds:N0} records/s, {new FileInfo(path).Length / 1e6:N0} MB in the file");
    }

    public static SqliteVectorStore Open(string path, long? maxCacheBytes = null)
    {
        var options = new SqliteVectorStoreOptions();
        options.MaxVectorCacheBytes = maxCacheBytes ?? options.MaxVectorCacheBytes;
        return new SqliteVectorStore($"Data Source={path}", options);
    }

    public static VectorStoreCollection<string, StoreRecord> Collect(SqliteVectorStore store, VectorStoreCollectionDefinition definition) =>
        store.GetCollection<string, StoreRecord>(CollectionName, definition);

    /// <summary>Returns the milliseconds of one search, and its hits.</summary>
    public static async Task<(double Milliseconds, ScanHit[] Hits)> SearchAsync(
        VectorStoreCollection<string, StoreRecord> collection, float[] query, Expression<Func<StoreRecord, bool>>? filter = null)
    {
        var clock = Stopwatch.StartNew();
        var found = await collection.SearchAsync(query, Top, new() { Filter = filter }).ToArrayAsync();
        var milliseconds = clock.Elapsed.TotalMilliseconds;
        return (milliseconds, [.. found.Select(hit => new ScanHit(StoreRecords.IndexOf(hit.Record.Id), (float)hit.Score!.Value))]);
    }

    /// <summary>Returns the milliseconds of a function, and its result.</summary>
    public static (double Milliseconds, T Result) Measure<T>(Func<T> function)
    {
        var clock = Stopwatch.StartNew();
        var result = function();
        return (clock.Elapsed.TotalMilliseconds, result);
    }

    /// <summary>Describes the memory for cached vectors.</summary>
    /// <param name="figure">The name of the row.</param>
    /// <param name="store">The store, which has searched.</param>
    /// <param name="count">The number of vectors.</param>
    public static void AddCache(string figure, SqliteVectorStore store, int count)
    {
        var floats = (double)count * StoreRecord.Dimensions * sizeof(float);
        StoreTable.Add(figure, $"{store.VectorCacheBytes / 1e6:N0} MB", $"{store.VectorCacheBytes / floats:N3} of the floats");
    }
}
