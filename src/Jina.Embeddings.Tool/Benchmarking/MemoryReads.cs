using System.Diagnostics;
using System.Numerics.Tensors;

namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>What this machine reads from memory, on several threads at once.</summary>
internal static class MemoryReads
{
    /// <summary>256 MB: more than any cache holds.</summary>
    private const int Floats = 64 << 20;

    private const int Passes = 7;

    /// <summary>Returns the thousand millions of bytes per second; the median of several passes.</summary>
    public static double MeasureGigabytesPerSecond(int threads)
    {
        // Written, because pages that never were are all one page of zeros.
        var values = GC.AllocateUninitializedArray<float>(Floats);
        values.AsSpan().Fill(1);
        var sums = new float[threads];
        var rates = new double[Passes];
        for (var pass = 0; pass < Passes; pass++)
        {
            var watch = Stopwatch.StartNew();
            Threads.Run(threads, thread => sums[thread] = TensorPrimitives.Sum<float>(Share(values, thread, threads)));
            rates[pass] = (double)Floats * sizeof(float) / watch.Elapsed.TotalSeconds / 1e9;
        }

        return Quantiles.Median(rates);
    }

    private static ReadOnlySpan<float> Share(float[] values, int thread, int threads)
    {
        var start = (int)((long)values.Length * thread / threads);
        return values.AsSpan(start, (int)((long)values.Length * (thread + 1) / threads) - start);
    }
}
