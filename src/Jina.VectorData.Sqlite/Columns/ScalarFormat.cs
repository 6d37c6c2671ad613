using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Jina.VectorData.Sqlite.Columns;

/// <summary>Represents how values of one .NET type are stored in SQLite.</summary>
/// <remarks>
/// Values are stored so that SQLite's own comparison orders them as .NET does. Dates are ISO 8601 text of fixed length, and a
/// <see cref="DateTimeOffset"/> is stored in UTC. Decimals are exact text, which needs a collation to compare.
/// </remarks>
/// <param name="type">The .NET type.</param>
/// <param name="affinity">The column type: INTEGER, REAL, TEXT or BLOB.</param>
/// <param name="collation">The collation that orders stored text as .NET orders the values; <see langword="null"/> for byte order.</param>
internal abstract class ScalarFormat(Type type, string affinity, string? collation)
{
    private const string DateTimeText = "yyyy-MM-ddTHH:mm:ss.fffffff";
    private const string TimeText = "HH:mm:ss.fffffff";
    private const string DateText = "yyyy-MM-dd";

    private static readonly Dictionary<Type, ScalarFormat> ByType = new ScalarFormat[]
    {
        new Typed<bool>("INTEGER", value => value ? 1L : 0L, stored => (long)stored != 0),
        Integer<byte>(value => value, stored => checked((byte)stored)),
        Integer<sbyte>(value => value, stored => checked((sbyte)stored)),
        Integer<short>(value => value, stored => checked((short)stored)),
        Integer<ushort>(value => value, stored => checked((ushort)stored)),
        Integer<int>(value => value, stored => checked((int)stored)),
        Integer<uint>(value => value, stored => checked((uint)stored)),
        Integer<long>(value => value, stored => stored),
        Integer<ulong>(ToInt64, stored => checked((ulong)stored)),
        Integer<TimeSpan>(value => value.Ticks, stored => new TimeSpan(stored)),
        new Typed<float>("REAL", value => RejectNaN(value), stored => (float)(double)stored),
        new Typed<double>("REAL", value => RejectNaN(value), stored => (double)stored),
        Text<string>(value => value, stored => stored),
        Text<Guid>(value => value.ToString("D"), Guid.Parse),
        Text<DateOnly>(
            value => value.ToString(DateText, CultureInfo.InvariantCulture),
            stored => DateOnly.ParseExact(stored, DateText, CultureInfo.InvariantCulture)),
        Text<TimeOnly>(
            value => value.ToString(TimeText, CultureInfo.InvariantCulture),
            stored => TimeOnly.ParseExact(stored, TimeText, CultureInfo.InvariantCulture)),
        Text<DateTime>(EncodeDateTime, DecodeDateTime),
        Text<DateTimeOffset>(
            value => value.UtcDateTime.ToString(DateTimeText, CultureInfo.InvariantCulture),
            stored => new DateTimeOffset(DateTime.ParseExact(stored, DateTimeText, CultureInfo.InvariantCulture), TimeSpan.Zero)),
        Text<decimal>(
            value => value.ToString(CultureInfo.InvariantCulture),
            stored => decimal.Parse(stored, CultureInfo.InvariantCulture),
            DecimalCollation.Name),
        new Typed<byte[]>("BLOB", value => value, stored => (byte[])stored),
    }.ToDictionary(format => format.Type);

    /// <summary>Gets the names of the types that can be stored, for messages.</summary>
    public static string TypeNames { get; } = string.Join(", ", ByType.Keys.Select(type => type.Name).Order(StringComparer.Ordinal));

    public Type Type { get; } = type;

    public string Affinity { get; } = affinity;

    public string? Collation { get; } = collation;

    /// <summary>Gets whether the values compare as numbers with values of other numeric types.</summary>
    public bool IsNumber => Affinity is "INTEGER" or "REAL";

    /// <summary>Finds the format of a type. A nullable type has the format of its underlying type.</summary>
    public static bool TryGet(Type type, [NotNullWhen(true)] out ScalarFormat? format) =>
        ByType.TryGetValue(Nullable.GetUnderlyingType(type) ?? type, out format);

    /// <summary>Adds the collation that orders such values to an SQL expression.</summary>
    public string Collate(string sql) => Collation is null ? sql : $"{sql} COLLATE {Collation}";

    /// <summary>Converts a value to a long, double, string or byte array.</summary>
    public abstract object Encode(object value);

    /// <summary>Converts a stored value back to the .NET type.</summary>
    public abstract object Decode(object stored);

    /// <summary>Converts a JSON array of stored values to a list or an array of the .NET type.</summary>
    public abstract object DecodeMany(JsonElement array, bool asList);

    private static Typed<T> Integer<T>(Func<T, long> encode, Func<long, T> decode)
        where T : notnull => new("INTEGER", value => encode(value), stored => decode((long)stored));

    private static Typed<T> Text<T>(Func<T, string> encode, Func<string, T> decode, string? collation = null)
        where T : notnull => new("TEXT", encode, stored => decode((string)stored), collation);

    /// <summary>Converts local time to UTC. UTC is marked with a Z, so that it is read as UTC again.</summary>
    private static string EncodeDateTime(DateTime value) => value.Kind == DateTimeKind.Unspecified
        ? value.ToString(DateTimeText, CultureInfo.InvariantCulture)
        : value.ToUniversalTime().ToString(DateTimeText, CultureInfo.InvariantCulture) + "Z";

    private static DateTime DecodeDateTime(string stored) => DateTime.SpecifyKind(
        DateTime.ParseExact(stored.TrimEnd('Z'), DateTimeText, CultureInfo.InvariantCulture),
        stored.EndsWith('Z') ? DateTimeKind.Utc : DateTimeKind.Unspecified);

    private static long ToInt64(ulong value)
    {
        if (value > long.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"SQLite stores integers up to {long.MaxValue}.");
        }

        return (long)value;
    }

    private static double RejectNaN(double value)
    {
        if (double.IsNaN(value))
        {
            throw new ArgumentException(
                "NaN cannot be stored, because SQLite converts it to NULL. Use a nullable property, and null for a missing value.",
                nameof(value));
        }

        return value;
    }

    private sealed class Typed<T>(string affinity, Func<T, object> encode, Func<object, T> decode, string? collation = null)
        : ScalarFormat(typeof(T), affinity, collation)
        where T : notnull
    {
        public override object Encode(object value) => encode((T)value);

        public override object Decode(object stored) => decode(stored);

        public override object DecodeMany(JsonElement array, bool asList)
        {
            var values = array.EnumerateArray()
                .Select(element => element.ValueKind == JsonValueKind.Null ? default! : decode(StoredValue(element)));
            return asList ? values.ToList() : values.ToArray();
        }

        private object StoredValue(JsonElement element) => Affinity switch
        {
            "INTEGER" => element.GetInt64(),
            "REAL" => element.GetDouble(),
            _ => element.GetString()!,
        };
    }
}
