using System.Collections;
using System.Linq.Expressions;
using System.Text;
using Jina.VectorData.Sqlite.Columns;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Filters;

/// <summary>Reads the sides of comparisons: columns, elements of stored arrays, and values.</summary>
internal sealed class OperandReader(FilterBinder binder)
{
    /// <summary>The alias of the elements of a stored array.</summary>
    public const string ElementTable = "element";

    /// <summary>The column of the elements of a stored array.</summary>
    public const string ElementColumn = ElementTable + ".value";

    /// <summary>Gets the values of $1, $2, … .</summary>
    public List<object> Parameters { get; } = [];

    /// <summary>Gets or sets the parameter of the lambda inside Any, and the format of the elements that it represents.</summary>
    public (ParameterExpression Parameter, ScalarFormat Format)? Element { get; set; }

    /// <summary>Reads an expression. Returns <see langword="null"/> if SQLite does not have the same value for it.</summary>
    public Operand? TryRead(Expression node) => node switch
    {
        ConstantExpression constant => Value(constant.Value),
        MemberExpression { Member.Name: "Value", Expression: { } nullable } when IsNullable(nullable.Type) =>
            TryRead(nullable) is { } operand ? operand with { IsRequired = true } : null,
        UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked, Method: null } convert
            when !IsFromDictionary(convert) => Converted(convert),
        ParameterExpression parameter => Element is { } element && element.Parameter == parameter
            ? new Operand(ElementColumn, element.Format.Type, element.Format) { Comparable = element.Format.Comparable(ElementColumn) }
            : null,
        _ when binder.TryFindColumn(node, out var property, out var format) => Column(property, format) with
        {
            IsRequired = IsFromDictionary(node) && node.Type.IsValueType && !IsNullable(node.Type),
        },
        _ => null,
    };

    /// <summary>Adds a list of values of a column's type.</summary>
    /// <returns>The parameter, or <see langword="null"/> if SQLite would compare the values differently.</returns>
    public string? TryAddList(List<object> values, Operand column)
    {
        if (column.IsCollection || !ScalarFormat.TryGet(values[0].GetType(), out var format) || !format.CanReadFromJson
            || !values.TrueForAll(value => value.GetType() == column.Type && CanEncode(value, format)))
        {
            return null;
        }

        return AddParameter(ColumnFormat.EncodeList(values, format.EncodeComparable));
    }

    /// <summary>
    /// Compares a date with a value. Dates that differ by more than two offsets are compared as text, for which SQLite can use an index.
    /// The rest is compared without the kind.
    /// </summary>
    /// <returns>The condition, or <see langword="null"/> if the operands are not a column of dates and a value.</returns>
    public string? TryCompareDates(Operand left, Operand right, ExpressionType comparison)
    {
        var exact = $"{left.Comparable} {SqlConditions.Operators[comparison]} {right.Comparable}";
        var isBelow = comparison is ExpressionType.LessThan or ExpressionType.LessThanOrEqual;
        if (left.Property is null)
        {
            (left, right, isBelow) = (right, left, !isBelow);
        }

        if (left.Property is null || right.Value is not DateTime value)
        {
            return null;
        }

        var bounds = DateTimeText.BoundsOf(value);
        var (column, low, high) = (left.Sql, AddParameter(bounds.Low), AddParameter(bounds.High));
        return comparison == ExpressionType.Equal ? $"{column} >= {low} AND {column} <= {high} AND {exact}"
            : isBelow ? $"{column} <= {high} AND ({column} < {low} OR {exact})"
            : $"{column} >= {low} AND ({column} > {high} OR {exact})";
    }

    private static Operand Column(PropertyModel property, ColumnFormat format)
    {
        var sql = $"{SqlFilter.Table}.{Sql.Quote(property.StorageName)}";
        return format.IsCollection
            ? new Operand(sql, property.Type, format.Scalar, IsCollection: true) { Property = property }
            : new Operand(sql, format.Scalar.Type, format.Scalar) { Property = property, Comparable = format.Scalar.Comparable(sql) };
    }

    private Operand? Value(object? value)
    {
        if (value is null)
        {
            return new Operand("NULL", null, null);
        }

        if (!ColumnFormat.TryGet(value.GetType(), out var format))
        {
            return null;
        }

        var (scalar, isCollection) = (format.Scalar, format.IsCollection);
        var canEncode = isCollection
            ? ((IEnumerable)value).Cast<object?>().All(element => element is null || CanEncode(element, scalar))
            : CanEncode(value, scalar);
        if (!canEncode)
        {
            return null;
        }

        var parameter = AddParameter(isCollection ? format.Encode(value) : scalar.EncodeComparable(value));
        return new Operand(parameter, value.GetType(), scalar, isCollection) { Value = value };
    }

    private Operand? Converted(UnaryExpression convert)
    {
        if (TryRead(convert.Operand) is not { Type: { } from } operand)
        {
            return null;
        }

        var to = Nullable.GetUnderlyingType(convert.Type) ?? convert.Type;
        if (IsNullable(convert.Operand.Type) && convert.Type.IsValueType && !IsNullable(convert.Type))
        {
            operand = operand with { IsRequired = true };
        }

        return to.IsAssignableFrom(from) ? operand
            : NumberConversion.IsExact(from, to) ? operand with { Type = to }
            : null;
    }

    private string AddParameter(object value)
    {
        Parameters.Add(value);
        return $"${Parameters.Count}";
    }

    private static bool IsNullable(Type type) => Nullable.GetUnderlyingType(type) is not null;

    private static bool IsFromDictionary(Expression node) =>
        node is UnaryExpression { Operand: var operand } && operand.Type == typeof(object);

    /// <summary>Determines whether SQLite has the same value.</summary>
    private static bool CanEncode(object value, ScalarFormat format) => value switch
    {
        string text => IsWellFormed(text),
        _ => format.CanStore(value),
    };

    /// <summary>Determines whether a text has a form in UTF-8. SQLite would replace the parts that have none.</summary>
    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !Rune.TryGetRuneAt(text, i++, out _))
            {
                return false;
            }
        }

        return true;
    }
}
