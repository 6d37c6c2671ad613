using Jina.Extensions.AI;

namespace Jina.Benchmarking;

/// <summary>Represents the speed limits of a machine, for all computing threads together.</summary>
/// <param name="SgemmGflops">The speed of single-precision products in GFLOP/s.</param>
/// <param name="Int8Gops">The speed of int8 products in GOP/s, or null if they were not measured.</param>
/// <param name="ReadGigabytesPerSecond">The speed of repeated reads of the layers' weights in GB/s.</param>
internal sealed record MachineLimits(double SgemmGflops, double? Int8Gops, double ReadGigabytesPerSecond)
{
    /// <summary>Returns the time of operations at the speed of bare products.</summary>
    /// <exception cref="InvalidOperationException">The precision is int8, whose products were not measured.</exception>
    public double ProductSeconds(Operations operations, Precision precision) => precision switch
    {
        Precision.Int8 when Int8Gops is null => throw new InvalidOperationException("The speed of int8 products was not measured."),
        Precision.Int8 => (operations.Products / Int8Gops.Value + operations.Others / SgemmGflops) / 1e9,
        _ => operations.Total / SgemmGflops / 1e9,
    };

    /// <summary>Returns the lower bound for one text, which needs its operations and reads every weight of the layers once.</summary>
    public double TextSeconds(ModelCost cost, int tokens, Precision precision) => Math.Max(
        ProductSeconds(cost.Operations(tokens), precision), cost.MatrixBytes(precision) / (ReadGigabytesPerSecond * 1e9));
}
