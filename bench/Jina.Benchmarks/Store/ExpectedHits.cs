using System.Text.Json;
using Microsoft.Extensions.VectorData;

namespace Jina.Benchmarks.Store;

/// <summary>
/// Represents the hits of a scan of floats for each query. They are kept in a small file, so that a process that searches the store does
/// not need the memory for the floats.
/// </summary>
/// <param name="Count">The number of vectors.</param>
/// <param name="All">The hits of each query.</param>
/// <param name="Filtered">The hits of each query among the vectors whose index is a multiple of 1,000.</param>
internal sealed record ExpectedHits(int Count, ScanHit[][] All, ScanHit[][] Filtered)
{
    /// <summary>Scans the generated vectors, adds the time to the table, and writes the hits next to the file of the store.</summary>
    public static int Scan(string file, int count, int queries)
    {
        var scan = new FloatScan(StoreVectors.Clustered.Flatten(count));
        var (searches, all, filtered) = (new SearchTally(), new List<ScanHit[]>(), new List<ScanHit[]>());
        var progress = new StoreProgress("float scan", queries);
        foreach (var query in StoreVectors.Clustered.CreateQueries(queries))
        {
            var (milliseconds, hits) = StoreClock.Measure(() => scan.Find(query, DistanceFunction.CosineSimilarity, StoreClock.Top));
            searches.Add(milliseconds, hits, hits);
            all.Add(hits);
            filtered.Add(scan.Find(query, DistanceFunction.CosineSimilarity, StoreClock.Top, step: 1000));
            progress.Add();
        }

        StoreTable.Add("float scan", searches.Median, $"p90 {searches.Percentile90:N2}, all processors, {queries:N0} queries");
        File.WriteAllText(PathOf(file), JsonSerializer.Serialize(new ExpectedHits(count, [.. all], [.. filtered])));
        return 0;
    }

    /// <summary>Reads the hits for a file of the store.</summary>
    /// <exception cref="FileNotFoundException">The vectors of the file were not scanned yet.</exception>
    public static ExpectedHits Read(string file) => File.Exists(PathOf(file))
        ? JsonSerializer.Deserialize<ExpectedHits>(File.ReadAllText(PathOf(file)))!
        : throw new FileNotFoundException($"The file '{PathOf(file)}' does not exist. Run 'store-scan {file} COUNT' first.");

    private static string PathOf(string file) => Path.ChangeExtension(file, ".hits.json");
}
