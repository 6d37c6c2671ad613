namespace Jina.Extensions.AI.OnnxExports;

/// <summary>Represents the declaration of a tensor of an export. Its elements are not read.</summary>
internal sealed class OnnxTensor
{
    /// <summary>The element types of ONNX by number, with their sizes in bits; 0 is a type without a fixed size.</summary>
    private static readonly (string Name, int Bits)[] Types =
    [
        ("Undefined", -1), (nameof(Single), 32), ("Uint8", 8), ("Int8", 8), ("Uint16", 16), (nameof(Int16), 16), (nameof(Int32), 32),
        (nameof(Int64), 64), (nameof(String), 0), ("Bool", 8), ("Float16", 16), (nameof(Double), 64), ("Uint32", 32), ("Uint64", 64),
        ("Complex64", 64), ("Complex128", 128), ("Bfloat16", 16), ("Float8E4M3Fn", 8), ("Float8E4M3Fnuz", 8), ("Float8E5M2", 8),
        ("Float8E5M2Fnuz", 8), ("Uint4", 4), ("Int4", 4), ("Float4E2M1", 4), ("Float8E8M0", 8), ("Uint2", 2), ("Int2", 2),
    ];

    public string Name { get; set; } = "";

    public int Type { get; set; }

    public List<long> Dims { get; } = [];

    public bool External { get; set; }

    /// <summary>Gets the location, offset and length of external data, and all other keys that the file has there.</summary>
    public Dictionary<string, string> ExternalData { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets the number of bytes of raw_data, or <see langword="null"/> if the tensor has none.</summary>
    public long? RawLength { get; set; }

    /// <summary>Gets or sets the number of bytes of float_data, int64_data and the like.</summary>
    public long ListedLength { get; set; }

    public bool HasKnownType => Type > 0 && Type < Types.Length;

    public bool HasStrings => HasKnownType && Types[Type].Bits == 0;

    /// <summary>Returns the name of an element type for messages.</summary>
    public static string NameOfType(long number) => number >= 0 && number < Types.Length ? Types[number].Name : $"(type {number})";

    /// <summary>
    /// Returns the number of bytes that shape and type need, or <see langword="null"/> if it is more than a file can hold.
    /// </summary>
    public long? ByteLength()
    {
        if (Dims.Exists(dim => dim < 0) || Dims.Contains(0))
        {
            return Dims.Exists(dim => dim < 0) ? null : 0;
        }

        Int128 bits = Types[Type].Bits;
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

    public override string ToString() =>
        $"'{(Name.Length > 80 ? Name[..80] + "…" : Name)}' [{string.Join(", ", Dims.Take(10))}] of type {Type}";
}
