using Microsoft.Extensions.VectorData;

namespace Jina.Benchmarks.Store;

/// <summary>Measures other ways to search the same vectors by cosine, and their recall.</summary>
internal static class PeerBenchmark
{
    private const int Queries = 100;

    public static void Run(StoreVectors vectors, int count)
    {
        var values = vectors.Flatten(count);
        var scan = new FloatScan(values);
        var queries = vectors.CreateQueries(Queries);
        ScanHit[][] expected = [.. queries.Select(query => scan.Find(query, DistanceFunction.CosineSimilarity, StoreClock.Top))];
        var list = new ListPeer(vectors, count);
        Compare($"{vectors.Name}: in-memory list", "one thread, as CommunityToolkit's InMemory", queries, expected, list.Find);

        using var peer = new USearchPeer(values);
        Compare($"{vectors.Name}: USearch, exact", "all processors", queries, expected, peer.FindExactly);
        peer.Build($"{vectors.Name}: USearch, HNSW, ingest");
        Compare($"{vectors.Name}: USearch, HNSW", "one thread", queries, expected, peer.FindInGraph);
    }

    private static void Compare(
        string figure, string note, float[][] queries, ScanHit[][] expected, Func<float[], int, ScanHit[]> find)
    {
        var searches = new SearchTally();
        foreach (var (query, best) in queries.Zip(expected))
        {
            var (milliseconds, found) = StoreClock.Measure(() => find(query, StoreClock.Top));
            searches.Add(milliseconds, found, best);
        }

        StoreTable.Add(figure, searches.Median, $"p90 {searches.Percentile90:N2}, {searches.Recall}, {note}");
    }
}
