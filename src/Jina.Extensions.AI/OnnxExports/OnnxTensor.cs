namespace Jina.Extensions.AI.OnnxExports;

/// <summary>What a tensor of a foreign graph states about itself; its elements stay in the file.</summary>
internal sealed class OnnxTensor
{
    // Types of ONNX by their numbers, in bits; 0 is a type without a fixed size.
    private static readonly int[] Bits = [-1, 32, 8, 8, 16, 16, 32, 64, 0, 8, 16, 64, 32, 64, 64, 128, 16, 8, 8, 8, 8, 4, 4, 4, 8, 2, 2];

    public string Name { get; set; } = "";

    public int Type { get; set; }

    public List<long> Dims { get; } = [];

    public bool External { get; set; }

    /// <summary>Gets the keys location, offset and length of external data, and whatever else stands there.</summary>
    public Dictionary<string, string> ExternalData { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets the bytes of raw_data, or null where there is none.</summary>
    public long? RawLength { get; set; }

    /// <summary>Gets or sets the bytes of float_data, int64_data and the like.</summary>
    public long ListedLength { get; set; }

    public bool HasKnownType => Type > 0 && Type < Bits.Length;

    public bool HoldsStrings => HasKnownType && Bits[Type] == 0;

    /// <summary>Returns the bytes that shape and type need, or null where no file can hold them.</summary>
    public long? ByteLength()
    {
        if (Dims.Exists(dim => dim < 0) || Dims.Contains(0))
        {
            return Dims.Exists(dim => dim < 0) ? null : 0;
        }

        Int128 bits = Bits[Type];
        foreach (var dim in Dims)
        {
            bits *= dim;
            if (bits > long.MaxValue)
            {
                return null;
            }
        }

        return (long)((bits + 7) / 8);
    }

    public override string ToString() => $"'{(Name.Length > 80 ? Name[..80] + "…" : Name)}' [{string.Join(", ", Dims.Take(10))}] of type {Type}";
}
