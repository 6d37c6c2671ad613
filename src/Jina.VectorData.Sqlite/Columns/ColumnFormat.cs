using System.Buffers;
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Jina.VectorData.Sqlite.Columns;

/// <summary>Represents how a property is stored: as one value or, for an array or list, as a JSON array of values.</summary>
internal sealed class ColumnFormat
{
    // Filters compare arrays as text, so equal arrays must have the same text.
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON has no infinity. .NET and SQLite read a number above the range as infinity.</summary>
    private const string Infinity = "1e999";

    private readonly Type? _collection;

    /// <param name="scalar">The format of the value or of the elements.</param>
    /// <param name="collection">The type of the array or list, or <see langword="null"/>.</param>
    private ColumnFormat(ScalarFormat scalar, Type? collection = null) => (Scalar, _collection) = (scalar, collection);

    /// <summary>Gets the format of the value or, for an array or list, of its elements.</summary>
    public ScalarFormat Scalar { get; }

    public bool IsCollection => _collection is not null;

    public string Affinity => IsCollection ? "TEXT" : Scalar.Affinity;

    /// <summary>Gets whether an index on the column speeds up comparisons, which requires byte order.</summary>
    public bool IsIndexable => !IsCollection && Scalar.Type != typeof(decimal) && Affinity != "BLOB";

    /// <summary>Finds the format of a property's type.</summary>
    public static bool TryGet(Type type, [NotNullWhen(true)] out ColumnFormat? format)
    {
        if (ScalarFormat.TryGet(type, out var scalar))
        {
            format = new ColumnFormat(scalar);
        }
        else if (type.IsArray && type.GetArrayRank() == 1 && IsElement(type.GetElementType()!, out scalar))
        {
            format = new ColumnFormat(scalar, type);
        }
        else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>)
            && IsElement(type.GenericTypeArguments[0], out scalar))
        {
            format = new ColumnFormat(scalar, type);
        }
        else
        {
            format = null;
        }

        return format is not null;
    }

    /// <summary>Returns the format of a type that the record model accepted.</summary>
    public static ColumnFormat Get(Type type) => TryGet(type, out var format)
        ? format
        : throw new NotSupportedException(
            $"The type {type} cannot be stored. Supported types are {ScalarFormat.TypeNames}, and arrays and lists of them.");

    /// <summary>Converts values to a JSON array, which SQLite's json_each takes apart again.</summary>
    /// <param name="values">The values, which can be <see langword="null"/>.</param>
    /// <param name="encode">The function that converts a value to a stored one.</param>
    public static string EncodeList(IEnumerable values, Func<object, object> encode)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonOptions))
        {
            json.WriteStartArray();
            foreach (var value in values)
            {
                WriteElement(json, value is null ? null : encode(value));
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Converts a property's value to the value of an SQL parameter.</summary>
    public object Encode(object? value) => value switch
    {
        null => DBNull.Value,
        _ when IsCollection => EncodeList((IEnumerable)value, Scalar.Encode),
        _ => Scalar.Encode(value),
    };

    /// <summary>Converts a column's value to the property's value.</summary>
    public object? Decode(object stored)
    {
        if (stored is DBNull)
        {
            return null;
        }

        if (!IsCollection)
        {
            return Scalar.Decode(stored);
        }

        using var json = JsonDocument.Parse((string)stored);
        return Scalar.DecodeMany(json.RootElement, _collection!);
    }

    private static bool IsElement(Type type, [NotNullWhen(true)] out ScalarFormat? scalar)
    {
        scalar = null;
        return Nullable.GetUnderlyingType(type) is null && ScalarFormat.TryGet(type, out scalar) && scalar.Affinity != "BLOB";
    }

    private static void WriteElement(Utf8JsonWriter json, object? stored)
    {
        switch (stored)
        {
            case null:
                json.WriteNullValue();
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double.PositiveInfinity:
                json.WriteRawValue(Infinity);
                break;
            case double.NegativeInfinity:
                json.WriteRawValue("-" + Infinity);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue((string)stored);
                break;
        }
    }
}
