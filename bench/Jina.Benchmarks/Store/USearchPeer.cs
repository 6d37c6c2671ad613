using System.Diagnostics;
using System.Runtime.InteropServices;
using Cloud.Unum.USearch;

namespace Jina.Benchmarks.Store;

/// <summary>Searches with USearch by cosine: exactly, or in its HNSW graph with the default settings.</summary>
internal sealed class USearchPeer(float[] values) : IDisposable
{
    private const int Dimensions = StoreRecord.Dimensions;

    private readonly USearchIndex _index = new(MetricKind.Cos, ScalarKind.Float32, Dimensions);

    private int Count => values.Length / Dimensions;

    /// <summary>Adds all vectors to the graph on one thread, because the .NET class does not support several.</summary>
    public void Build(string figure)
    {
        var (clock, progress) = (Stopwatch.StartNew(), new StoreProgress(figure, Count));
        for (var i = 0; i < Count; i++)
        {
            _index.Add((ulong)i, values[(i * Dimensions)..((i + 1) * Dimensions)]);
            progress.Add();
        }

        var seconds = clock.Elapsed.TotalSeconds;
        StoreTable.Add(figure, $"{seconds * 1e6 / Count:N1} µs/record", $"{Count / seconds:N0} records/s, one thread");
    }

    public ScanHit[] FindInGraph(float[] query, int top)
    {
        _index.Search(query, top, out var keys, out var distances);
        return CreateHits(keys, distances);
    }

    public ScanHit[] FindExactly(float[] query, int top)
    {
        const nuint stride = Dimensions * sizeof(float);
        var keys = new ulong[top];
        var distances = new float[top];
        SearchExactly(
            values, (nuint)Count, stride,
            query, 1, stride,
            ScalarKind.Float32, Dimensions, MetricKind.Cos, (nuint)top, (nuint)Environment.ProcessorCount,
            keys, (nuint)top * sizeof(ulong),
            distances, (nuint)top * sizeof(float),
            out var error);
        return error == 0
            ? CreateHits(keys, distances)
            : throw new InvalidOperationException($"USearch failed: {Marshal.PtrToStringUTF8(error)}");
    }

    public void Dispose() => _index.Dispose();

    /// <summary>USearch returns cosine distances.</summary>
    private static ScanHit[] CreateHits(ulong[] keys, float[] distances) =>
        [.. keys.Zip(distances, (key, distance) => new ScanHit((int)key, 1 - distance))];

    /// <summary>The exact search of USearch's C interface, which its .NET class does not have.</summary>
    [DllImport("libusearch_c", EntryPoint = "usearch_exact_search", CallingConvention = CallingConvention.Cdecl)]
    private static extern void SearchExactly(
        float[] dataset, nuint datasetSize, nuint datasetStride,
        float[] queries, nuint queriesSize, nuint queriesStride,
        ScalarKind scalarKind, nuint dimensions, MetricKind metricKind, nuint count, nuint threads,
        [Out] ulong[] keys, nuint keysStride,
        [Out] float[] distances, nuint distancesStride,
        out nint error);
}
