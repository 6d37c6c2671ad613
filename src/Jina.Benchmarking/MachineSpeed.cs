using Jina.Extensions.AI;

namespace Jina.Benchmarking;

/// <summary>Measures the speed limits of this machine: bare matrix products, and reads from memory.</summary>
/// <param name="threads">The number of computing threads.</param>
/// <param name="precision">The precision of the model. The products of int8 are measured in addition to those of fp32.</param>
internal sealed class MachineSpeed(int threads, Precision precision) : IDisposable
{
    /// <summary>The bytes that are read if the size of the weights is unknown. No cache holds them.</summary>
    private const long DefaultReadBytes = 256 << 20;

    private const int ReadRuns = 7;

    private readonly List<double> _gflops = [];
    private readonly List<double> _gops = [];
    private MatrixProducts? _fp32;
    private MatrixProducts? _int8;

    /// <summary>
    /// Measures the matrix products once. Samples are taken between other measurements, which share the load of the machine.
    /// </summary>
    public void SampleProducts()
    {
        _fp32 ??= new MatrixProducts(Precision.Fp32, threads);
        _gflops.Add(Measure(_fp32.MeasureFlops));
        if (precision == Precision.Int8)
        {
            _int8 ??= new MatrixProducts(Precision.Int8, threads);
            _gops.Add(Measure(_int8.MeasureFlops));
        }
    }

    /// <summary>Measures reads of the layers' weights, and returns the limits with the medians of the sampled products.</summary>
    public MachineLimits Limits(ModelCost? cost)
    {
        var reads = new MemoryReads(cost?.MatrixBytes(precision) ?? DefaultReadBytes, threads);
        return new MachineLimits(
            Quantiles.Median(_gflops),
            _gops.Count == 0 ? null : Quantiles.Median(_gops),
            Quantiles.Median([.. Enumerable.Range(0, ReadRuns).Select(_ => Measure(reads.MeasureBytesPerSecond))]));
    }

    public void Dispose()
    {
        _fp32?.Dispose();
        _int8?.Dispose();
    }

    /// <summary>Returns the rates of all threads together, in thousands of millions per second.</summary>
    private double Measure(Func<int, double> measureRate)
    {
        var rates = new double[threads];
        Thread[] running =
        [
            .. Enumerable.Range(0, threads)
                .Select(number => new Thread(() => rates[number] = measureRate(number)) { IsBackground = true }),
        ];
        Array.ForEach(running, static thread => thread.Start());
        Array.ForEach(running, static thread => thread.Join());
        return rates.Sum() / 1e9;
    }
}
