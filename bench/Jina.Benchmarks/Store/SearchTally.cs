using Jina.Benchmarking;

namespace Jina.Benchmarks.Store;

/// <summary>Collects the times of searches, and compares their hits with those of a scan of floats.</summary>
internal sealed class SearchTally
{
    private readonly List<double> _milliseconds = [];
    private readonly List<double> _recalls = [];
    private int _identical;

    public double Median => Quantiles.Median(_milliseconds);

    public double Percentile90 => Quantiles.At(_milliseconds, 0.9);

    /// <summary>Gets the number of searches whose hits have the order, the indexes and, bit for bit, the scores of the scan.</summary>
    public string Identical => $"{_identical:N0} of {_recalls.Count:N0} identical";

    public bool AllIdentical => _identical == _recalls.Count;

    /// <summary>Gets the mean part of the scan's hits that the searches returned.</summary>
    public string Recall => $"recall@{StoreClock.Top} {_recalls.Average():N4}";

    public void Add(double milliseconds, ScanHit[] found, ScanHit[] expected)
    {
        _milliseconds.Add(milliseconds);
        _identical += found.SequenceEqual(expected) ? 1 : 0;
        _recalls.Add(expected.Select(hit => hit.Index).Intersect(found.Select(hit => hit.Index)).Count() / (double)expected.Length);
    }
}
