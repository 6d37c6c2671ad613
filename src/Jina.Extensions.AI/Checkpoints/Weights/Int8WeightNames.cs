namespace Jina.Extensions.AI.Checkpoints.Weights;

/// <summary>Contains the names of int8 weights. A weight is stored as [in, out] under its own name, with its scales beside it.</summary>
internal static class Int8WeightNames
{
    /// <summary>The largest magnitude of a quantized value. The value -128 is not used, so that the range is symmetric.</summary>
    public const float Largest = sbyte.MaxValue;

    /// <summary>The name of the Dense module's weight, which stays in single precision.</summary>
    public const string Dense = "dense.weight";

    /// <summary>Returns the name of a weight's scales: one per output channel, or one per row of the embedding table.</summary>
    public static string Scale(string weight) => $"{weight}.scale";

    /// <summary>Returns the name of the scales of the embedding table's columns. They apply in addition to those of its rows.</summary>
    public static string ColumnScale(string weight) => $"{weight}.column_scale";
}
