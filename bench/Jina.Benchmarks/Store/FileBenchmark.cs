using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.VectorData;

namespace Jina.Benchmarks.Store;

/// <summary>
/// Measures a store with many clustered records. Each step runs in a process of its own, so that its peak memory is that of the step
/// alone, and can be run alone.
/// </summary>
internal static class FileBenchmark
{
    public const int DefaultCount = 1_000_000;
    public const int DefaultQueries = 200;

    /// <summary>Runs all steps. A file of an earlier run is used again.</summary>
    /// <returns>0; otherwise the exit code of the step that failed.</returns>
    public static async Task<int> RunAsync(string folder, int count)
    {
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, $"clustered-{count}.db");
        var number = count.ToString(CultureInfo.InvariantCulture);
        string[][] steps =
        [
            .. File.Exists(file) ? Array.Empty<string[]>() : [["store-create", file, number]],
            ["store-scan", file, number],
            ["store-search", file, IndexKind.Flat],
            ["store-search", file, IndexKind.QuantizedFlat],
        ];
        foreach (var step in steps)
        {
            var exitCode = await StartAsync(step);
            if (exitCode != 0)
            {
                return exitCode;
            }
        }

        return 0;
    }

    /// <summary>Creates the file of a store. It has another name until it is complete, so that an interrupted run is not used.</summary>
    public static async Task<int> CreateAsync(string file, int count)
    {
        var partial = file + ".partial";
        foreach (var old in new[] { partial, partial + "-wal", partial + "-shm" })
        {
            File.Delete(old);
        }

        await StoreClock.IngestAsync("ingest", partial, StoreVectors.Clustered, count);
        File.Move(partial, file);
        AddPeakMemory("ingest");
        return 0;
    }

    /// <summary>Opens a file and searches it, with and without a filter.</summary>
    /// <returns>0; 1 if searches with another kind than QuantizedFlat and the scan returned different results.</returns>
    public static async Task<int> SearchAsync(string file, string indexKind)
    {
        var expected = ExpectedHits.Read(file);
        var queries = StoreVectors.Clustered.CreateQueries(expected.All.Length);
        var opened = Stopwatch.StartNew();
        using var store = StoreClock.Open(file);
        var collection = StoreClock.Collect(store, StoreRecords.Define(indexKind: indexKind));
        await StoreClock.SearchAsync(collection, queries[0]);
        StoreTable.Add($"{indexKind}: open and first search", opened.Elapsed.TotalMilliseconds);

        var (all, filtered, progress) = (new SearchTally(), new SearchTally(), new StoreProgress(indexKind, queries.Length));
        for (var i = 0; i < queries.Length; i++)
        {
            var (milliseconds, hits) = await StoreClock.SearchAsync(collection, queries[i]);
            all.Add(milliseconds, hits, expected.All[i]);
            progress.Add();
        }

        AddSearches($"{indexKind}: search", all);
        foreach (var (query, hits) in queries.Zip(expected.Filtered))
        {
            var (milliseconds, found) = await StoreClock.SearchAsync(collection, query, record => record.Thousandth == 0);
            filtered.Add(milliseconds, found, hits);
        }

        AddSearches($"{indexKind}: search, filter of 1 in 1,000, indexed", filtered);
        StoreClock.AddCache($"{indexKind}: memory for vectors", store, expected.Count);
        AddPeakMemory(indexKind);
        return indexKind == IndexKind.QuantizedFlat || (all.AllIdentical && filtered.AllIdentical) ? 0 : 1;
    }

    private static void AddSearches(string figure, SearchTally searches) => StoreTable.Add(
        figure, searches.Median, $"p90 {searches.Percentile90:N2}, {searches.Identical}, {searches.Recall}");

    private static void AddPeakMemory(string step)
    {
        using var process = Process.GetCurrentProcess();
        StoreTable.Add($"{step}: peak resident memory", $"{process.PeakWorkingSet64 / 1e6:N0} MB", "of the process");
    }

    private static async Task<int> StartAsync(string[] arguments)
    {
        // Started as "dotnet Jina.Benchmarks.dll", this process is dotnet.
        var program = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        using var process = Process.Start(program, [.. host, .. arguments]);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
