using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Jina.VectorData.Sqlite.Columns;

/// <summary>How a property is stored: as one value, or, an array or list, as a JSON array of values.</summary>
internal sealed class ColumnFormat
{
    private readonly bool _asList;

    private ColumnFormat(ScalarFormat scalar, bool isCollection = false, bool asList = false)
    {
        Scalar = scalar;
        IsCollection = isCollection;
        _asList = asList;
    }

    /// <summary>The format of the value, or of the elements.</summary>
    public ScalarFormat Scalar { get; }

    public bool IsCollection { get; }

    public string Affinity => IsCollection ? "TEXT" : Scalar.Affinity;

    /// <summary>Whether an index on the column serves comparisons: one in byte order.</summary>
    public bool IsIndexable => !IsCollection && Scalar.Collation is null && Affinity != "BLOB";

    /// <summary>Finds the format of a property's type.</summary>
    public static bool TryGet(Type type, [NotNullWhen(true)] out ColumnFormat? format)
    {
        format = ScalarFormats.TryGet(type, out var scalar) ? new ColumnFormat(scalar)
            : type.IsArray && type.GetArrayRank() == 1 && IsElement(type.GetElementType()!, out scalar) ? new ColumnFormat(scalar, isCollection: true)
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) && IsElement(type.GenericTypeArguments[0], out scalar)
                ? new ColumnFormat(scalar, isCollection: true, asList: true)
            : null;
        return format is not null;
    }

    /// <summary>Returns the format of a type that the model accepted.</summary>
    public static ColumnFormat Get(Type type) => TryGet(type, out var format)
        ? format
        : throw new NotSupportedException($"The type {type} cannot be stored. Supported are {ScalarFormats.Names}, and arrays and lists of them.");

    /// <summary>Returns what a parameter takes.</summary>
    public object Encode(object? value) => value switch
    {
        null => DBNull.Value,
        _ when IsCollection => JsonList.Encode((System.Collections.IEnumerable)value, Scalar),
        _ => Scalar.Encode(value),
    };

    /// <summary>Returns the property's value for what a column holds.</summary>
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
        return Scalar.DecodeMany(json.RootElement, _asList);
    }

    private static bool IsElement(Type type, [NotNullWhen(true)] out ScalarFormat? scalar)
    {
        scalar = null;
        return Nullable.GetUnderlyingType(type) is null && ScalarFormats.TryGet(type, out scalar) && scalar.Affinity != "BLOB";
    }
}
