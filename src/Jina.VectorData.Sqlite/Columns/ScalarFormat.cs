using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Jina.VectorData.Sqlite.Columns;

/// <summary>Represents how values of one .NET type are stored in SQLite.</summary>
/// <remarks>
/// Values are stored so that SQLite's own comparison orders them as .NET does. Dates are ISO 8601 text of fixed length, and a
/// <see cref="DateTimeOffset"/> is stored in UTC. Decimals are exact text, which needs a collation to compare. A
/// <see cref="DateTime"/> is compared without its kind. An enum is stored as its number.
/// </remarks>
/// <param name="type">The .NET type.</param>
/// <param name="affinity">The column type: INTEGER, REAL, TEXT or BLOB.</param>
internal abstract class ScalarFormat(Type type, string affinity)
{
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
        Text<string>(Utf8.Require, stored => stored),
        Text<Guid>(value => value.ToString("D"), Guid.Parse),
        Text<DateOnly>(
            value => value.ToString(DateText, CultureInfo.InvariantCulture),
            stored => DateOnly.ParseExact(stored, DateText, CultureInfo.InvariantCulture)),
        Text<TimeOnly>(
            value => value.ToString(TimeText, CultureInfo.InvariantCulture),
            stored => TimeOnly.ParseExact(stored, TimeText, CultureInfo.InvariantCulture)),
        new Typed<DateTime>("TEXT", DateTimeText.Encode, stored => DateTimeText.Decode((string)stored))
        {
            Compare = DateTimeText.Ticks,
            EncodeToCompare = value => DateTimeText.EncodeTicks((DateTime)value),
        },
        Text<DateTimeOffset>(value => DateTimeText.EncodeTicks(value.UtcDateTime), stored => new(DateTimeText.DecodeUtc(stored))),
        new Typed<decimal>(
            "TEXT",
            value => value.ToString(CultureInfo.InvariantCulture),
            stored => decimal.Parse((string)stored, CultureInfo.InvariantCulture))
        {
            Compare = sql => $"{sql} COLLATE {DecimalCollation.Name}",
        },
        new Typed<byte[]>("BLOB", value => value, stored => (byte[])stored),
    }.ToDictionary(format => format.Type);

    /// <summary>Gets the names of the types that can be stored, for messages.</summary>
    public static string TypeNames { get; } =
        string.Join(", ", ByType.Keys.Select(type => type.Name).Append("enums").Order(StringComparer.Ordinal));

    public Type Type { get; } = type;

    public string Affinity { get; } = affinity;

    /// <summary>
    /// Gets the function that converts the SQL expression of a stored value to one that SQLite compares as .NET does.
    /// If <see langword="null"/>, stored values can be compared directly.
    /// </summary>
    public Func<string, string>? Compare { get; private init; }

    /// <summary>Gets whether equal values have equal text in a JSON array, and whether SQLite reads that text exactly.</summary>
    public bool IsExactInJson => Compare is null && Affinity is "INTEGER" or "TEXT";

    /// <summary>Gets whether SQLite reads such values from a JSON array exactly. Its parser rounds some numbers differently.</summary>
    public bool CanReadFromJson => Affinity is "INTEGER" or "TEXT";

    private Func<object, object>? EncodeToCompare { get; init; }

    /// <summary>Finds the format of a type. A nullable type has the format of its underlying type.</summary>
    public static bool TryGet(Type type, [NotNullWhen(true)] out ScalarFormat? format)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            format = new EnumFormat(type, ByType[type.GetEnumUnderlyingType()]);
            return true;
        }

        return ByType.TryGetValue(type, out format);
    }

    /// <summary>Returns the SQL expression that SQLite compares as .NET compares the values.</summary>
    public string Comparable(string sql) => Compare is null ? sql : Compare(sql);

    /// <summary>Converts a value to a long, double, string or byte array.</summary>
    public abstract object Encode(object value);

    /// <summary>Determines whether SQLite can store a value of the type.</summary>
    public bool CanStore(object value) => value switch
    {
        float number => !float.IsNaN(number),
        double number => !double.IsNaN(number),
        ulong number => number <= long.MaxValue,
        Enum when Type.IsEnum && Type.GetEnumUnderlyingType() == typeof(ulong) => Convert.ToUInt64(value, null) <= long.MaxValue,
        _ => true,
    };

    /// <summary>Converts a value to the parameter that <see cref="Comparable"/> expressions are compared with.</summary>
    public object EncodeComparable(object value) => EncodeToCompare is null ? Encode(value) : EncodeToCompare(value);

    /// <summary>Converts a stored value back to the .NET type.</summary>
    public abstract object Decode(object stored);

    /// <summary>Converts a JSON array of stored values to a list or an array of the .NET type.</summary>
    /// <param name="array">The JSON array.</param>
    /// <param name="type">The type of the list or array.</param>
    public abstract object DecodeMany(JsonElement array, Type type);

    /// <summary>Returns the stored value of an element of a JSON array, or <see langword="null"/>.</summary>
    protected object? StoredValue(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : Affinity switch
    {
        "INTEGER" => element.GetInt64(),
        "REAL" => element.GetDouble(),
        _ => element.GetString()!,
    };

    private static Typed<T> Integer<T>(Func<T, long> encode, Func<long, T> decode)
        where T : notnull => new("INTEGER", value => encode(value), stored => decode((long)stored));

    private static Typed<T> Text<T>(Func<T, string> encode, Func<string, T> decode)
        where T : notnull => new("TEXT", encode, stored => decode((string)stored));

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

    private sealed class Typed<T>(string affinity, Func<T, object> encode, Func<object, T> decode) : ScalarFormat(typeof(T), affinity)
        where T : notnull
    {
        public override object Encode(object value) => encode((T)value);

        public override object Decode(object stored) => decode(stored);

        public override object DecodeMany(JsonElement array, Type type)
        {
            var values = array.EnumerateArray().Select(element => StoredValue(element) is { } stored ? decode(stored) : default!);
            return type.IsArray ? values.ToArray() : values.ToList();
        }
    }
}
