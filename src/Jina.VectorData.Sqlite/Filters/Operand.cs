using Jina.VectorData.Sqlite.Columns;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Filters;

/// <summary>Represents one side of a comparison in SQL: a column, an element of a stored array, or a value.</summary>
/// <param name="Sql">The SQL expression of the stored value.</param>
/// <param name="Type">The .NET type of the values, or <see langword="null"/> for the value null.</param>
/// <param name="Scalar">The stored format of the value or of the elements, or <see langword="null"/> for the value null.</param>
/// <param name="IsCollection">Whether the operand is a stored array or list.</param>
internal sealed record Operand(string Sql, Type? Type, ScalarFormat? Scalar, bool IsCollection = false)
{
    /// <summary>Gets the SQL expression that SQLite compares as .NET compares the values.</summary>
    public string Comparable { get; init; } = Sql;

    /// <summary>Gets the property of a column.</summary>
    public PropertyModel? Property { get; init; }

    /// <summary>Gets the value, if the operand is one.</summary>
    public object? Value { get; init; }

    /// <summary>Gets whether .NET throws if the value is missing, because a nullable value is used as one that is not.</summary>
    public bool IsRequired { get; init; }

    public bool IsNull => Type is null;

    /// <summary>Gets the condition that .NET does not throw.</summary>
    public string Guard => IsRequired ? $" AND {Sql} IS NOT NULL" : "";

    /// <summary>Determines whether SQLite compares the two operands as .NET does.</summary>
    public bool IsComparableTo(Operand other) =>
        IsNull || other.IsNull || (Type == other.Type && (!IsCollection || Scalar!.IsExactInJson));
}
