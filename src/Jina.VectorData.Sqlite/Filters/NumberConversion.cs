namespace Jina.VectorData.Sqlite.Filters;

/// <summary>Determines which conversions of numbers keep every value, so that SQLite can compare the stored numbers.</summary>
internal static class NumberConversion
{
    /// <summary>Determines whether a conversion keeps every value of a type. Enums are converted like their numbers.</summary>
    public static bool IsExact(Type from, Type to)
    {
        from = from.IsEnum ? from.GetEnumUnderlyingType() : from;
        to = to.IsEnum ? to.GetEnumUnderlyingType() : to;
        if (from == to)
        {
            return true;
        }

        return (Range(from), Range(to)) switch
        {
            ({ IsInteger: true } source, { IsInteger: true } target) =>
                (target.IsSigned ? target.Bits > source.Bits : !source.IsSigned && target.Bits >= source.Bits)
                || (source.IsSigned == target.IsSigned && target.Bits >= source.Bits),
            ({ } source, { IsInteger: false } target) => source.Bits <= target.Bits,
            _ => false,
        };
    }

    /// <summary>Returns the number of bits that a type represents exactly, or <see langword="null"/> for other types.</summary>
    private static NumberRange? Range(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => new(8, IsSigned: false),
        TypeCode.SByte => new(8, IsSigned: true),
        TypeCode.UInt16 => new(16, IsSigned: false),
        TypeCode.Int16 => new(16, IsSigned: true),
        TypeCode.UInt32 => new(32, IsSigned: false),
        TypeCode.Int32 => new(32, IsSigned: true),
        TypeCode.UInt64 => new(64, IsSigned: false),
        TypeCode.Int64 => new(64, IsSigned: true),
        TypeCode.Single => new(24, IsSigned: true, IsInteger: false),
        TypeCode.Double => new(53, IsSigned: true, IsInteger: false),
        _ => null,
    };

    private sealed record NumberRange(int Bits, bool IsSigned, bool IsInteger = true);
}
