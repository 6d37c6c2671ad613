namespace Jina.Extensions.AI.Checkpoints;

/// <summary>How int8 weights are kept: under their own name, [in, out], with their scales beside them.</summary>
internal static class Int8WeightNames
{
    /// <summary>The largest magnitude of a quantized value; -128 is not used, so that the range is symmetric.</summary>
    public const float Largest = sbyte.MaxValue;

    /// <summary>The name of the Dense module's weight, which stays in single precision.</summary>
    public const string Dense = "dense.weight";

    /// <summary>The name of a weight's scales: one per output channel, or per row of the embedding table.</summary>
    public static string Scale(string weight) => $"{weight}.scale";
}
