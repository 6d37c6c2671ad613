using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Jina.VectorData.Sqlite.Columns;

/// <summary>The .NET types that a column can hold.</summary>
/// <remarks>
/// Everything is stored so that SQLite's own comparison orders it as .NET does: dates as ISO 8601 text of fixed length,
/// a moment (<see cref="DateTimeOffset"/>) in UTC. Decimals are exact text, which needs a collation to compare.
/// </remarks>
internal static class ScalarFormats
{
    private const string DateTimeText = "yyyy-MM-ddTHH:mm:ss.fffffff";
    private const string TimeText = "HH:mm:ss.fffffff";
    private const string DateText = "yyyy-MM-dd";

    private static readonly Dictionary<Type, ScalarFormat> ByType = new ScalarFormat[]
    {
        new ScalarFormat<bool>("INTEGER", value => value ? 1L : 0L, stored => (long)stored != 0),
        Integer<byte>(value => value, stored => checked((byte)stored)),
        Integer<sbyte>(value => value, stored => checked((sbyte)stored)),
        Integer<short>(value => value, stored => checked((short)stored)),
        Integer<ushort>(value => value, stored => checked((ushort)stored)),
        Integer<int>(value => value, stored => checked((int)stored)),
        Integer<uint>(value => value, stored => checked((uint)stored)),
        Integer<long>(value => value, stored => stored),
        Integer<ulong>(Fit, stored => checked((ulong)stored)),
        Integer<TimeSpan>(value => value.Ticks, stored => new TimeSpan(stored)),
        new ScalarFormat<float>("REAL", value => NotNaN(value), stored => (float)(double)stored),
        new ScalarFormat<double>("REAL", value => NotNaN(value), stored => (double)stored),
        Text<string>(value => value, stored => stored),
        Text<Guid>(value => value.ToString("D"), Guid.Parse),
        Text<DateOnly>(value => value.ToString(DateText, CultureInfo.InvariantCulture), stored => DateOnly.ParseExact(stored, DateText, CultureInfo.InvariantCulture)),
        Text<TimeOnly>(value => value.ToString(TimeText, CultureInfo.InvariantCulture), stored => TimeOnly.ParseExact(stored, TimeText, CultureInfo.InvariantCulture)),
        Text<DateTime>(EncodeDateTime, DecodeDateTime),
        Text<DateTimeOffset>(
            value => value.UtcDateTime.ToString(DateTimeText, CultureInfo.InvariantCulture),
            stored => new DateTimeOffset(DateTime.ParseExact(stored, DateTimeText, CultureInfo.InvariantCulture), TimeSpan.Zero)),
        Text<decimal>(
            value => value.ToString(CultureInfo.InvariantCulture),
            stored => decimal.Parse(stored, CultureInfo.InvariantCulture),
            DecimalCollation.Name),
        new ScalarFormat<byte[]>("BLOB", value => value, stored => (byte[])stored),
    }.ToDictionary(format => format.Type);

    /// <summary>The names of the types, for messages.</summary>
    public static string Names { get; } = string.Join(", ", ByType.Keys.Select(type => type.Name).Order(StringComparer.Ordinal));

    /// <summary>Finds the format of a type, or of the type that a nullable one wraps.</summary>
    public static bool TryGet(Type type, [NotNullWhen(true)] out ScalarFormat? format) =>
        ByType.TryGetValue(Nullable.GetUnderlyingType(type) ?? type, out format);

    private static ScalarFormat<T> Integer<T>(Func<T, long> encode, Func<long, T> decode)
        where T : notnull => new("INTEGER", value => encode(value), stored => decode((long)stored));

    private static ScalarFormat<T> Text<T>(Func<T, string> encode, Func<string, T> decode, string? collation = null)
        where T : notnull => new("TEXT", encode, stored => decode((string)stored), collation);

    /// <summary>UTC keeps its mark, so that it is read as UTC again; local time becomes UTC, the same moment.</summary>
    private static string EncodeDateTime(DateTime value) => value.Kind == DateTimeKind.Unspecified
        ? value.ToString(DateTimeText, CultureInfo.InvariantCulture)
        : value.ToUniversalTime().ToString(DateTimeText, CultureInfo.InvariantCulture) + "Z";

    private static DateTime DecodeDateTime(string stored) => DateTime.SpecifyKind(
        DateTime.ParseExact(stored.TrimEnd('Z'), DateTimeText, CultureInfo.InvariantCulture),
        stored.EndsWith('Z') ? DateTimeKind.Utc : DateTimeKind.Unspecified);

    private static long Fit(ulong value) => value <= long.MaxValue
        ? (long)value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"SQLite holds integers up to {long.MaxValue}.");

    private static double NotNaN(double value) => !double.IsNaN(value)
        ? value
        : throw new ArgumentException("NaN cannot be stored: SQLite would make it NULL. Use a nullable property and null.", nameof(value));
}
