using System.Diagnostics;
using System.Numerics.Tensors;

namespace Jina.Benchmarking;

/// <summary>Measures the speed limits of this machine: bare matrix products, and reads from memory.</summary>
/// <param name="threads">The number of computing threads.</param>
internal sealed class MachineSpeed(int threads) : IDisposable
{
    /// <summary>The number of floats that are read: 256 MB, more than any cache holds.</summary>
    private const int Floats = 64 << 20;

    private const int Passes = 7;

    private readonly List<double> _gflops = [];
    private MatrixProducts? _products;

    /// <summary>Gets the median speed of matrix products in GFLOP/s, of all threads together.</summary>
    public double Gflops => Quantiles.Median(_gflops);

    /// <summary>
    /// Measures the matrix products once. Samples are taken between other measurements, which share the load of the machine.
    /// </summary>
    public void SampleProducts()
    {
        _products ??= new MatrixProducts(threads);
        var rates = new double[threads];
        RunOnThreads(thread => rates[thread] = _products.MeasureFlops(thread));
        _gflops.Add(rates.Sum() / 1e9);
    }

    /// <summary>Measures reads from memory in GB/s. Returns the median of several passes.</summary>
    public double MeasureMemoryReads()
    {
        // Written first, because the system maps all pages that were never written to a single page of zeros.
        var values = GC.AllocateUninitializedArray<float>(Floats);
        values.AsSpan().Fill(1);
        var sums = new float[threads];
        var rates = new double[Passes];
        for (var pass = 0; pass < Passes; pass++)
        {
            var watch = Stopwatch.StartNew();
            RunOnThreads(thread => sums[thread] = TensorPrimitives.Sum<float>(Share(values, thread)));
            rates[pass] = (double)Floats * sizeof(float) / watch.Elapsed.TotalSeconds / 1e9;
        }

        return Quantiles.Median(rates);
    }

    public void Dispose() => _products?.Dispose();

    private ReadOnlySpan<float> Share(float[] values, int thread)
    {
        var start = (int)((long)values.Length * thread / threads);
        return values.AsSpan(start, (int)((long)values.Length * (thread + 1) / threads) - start);
    }

    private void RunOnThreads(Action<int> work)
    {
        Thread[] running = [.. Enumerable.Range(0, threads).Select(number => new Thread(() => work(number)) { IsBackground = true })];
        Array.ForEach(running, static thread => thread.Start());
        Array.ForEach(running, static thread => thread.Join());
    }
}
