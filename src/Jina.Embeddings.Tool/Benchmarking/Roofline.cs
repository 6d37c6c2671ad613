namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>What bare products reach, measured again and again between the other figures.</summary>
/// <param name="threads">The threads that compute.</param>
internal sealed class Roofline(int threads) : IDisposable
{
    private readonly List<double> _gflops = [];
    private MatrixProducts? _products;

    /// <summary>Gets the median, in thousand millions of operations per second.</summary>
    public double Gflops => Quantiles.Median(_gflops);

    /// <summary>Measures once more.</summary>
    public void Sample() => _gflops.Add((_products ??= new MatrixProducts(threads)).MeasureGflops());

    public void Dispose() => _products?.Dispose();
}
