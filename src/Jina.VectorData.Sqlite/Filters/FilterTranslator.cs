using System.Collections;
using System.Linq.Expressions;
using Jina.VectorData.Sqlite.Columns;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Extensions.VectorData.ProviderServices;
using Microsoft.Extensions.VectorData.ProviderServices.Filter;

namespace Jina.VectorData.Sqlite.Filters;

/// <summary>Translates a filter on records to a condition in SQL.</summary>
/// <remarks>
/// Every condition is 0 or 1 and never NULL, so that NOT means the same as ! in C#. Equality is IS, and comparisons that would
/// be NULL for a missing value are guarded. All values become parameters.
/// </remarks>
internal sealed class FilterTranslator : FilterTranslatorBase
{
    private static readonly Dictionary<ExpressionType, string> Operators = new()
    {
        [ExpressionType.Equal] = "IS",
        [ExpressionType.NotEqual] = "IS NOT",
        [ExpressionType.LessThan] = "<",
        [ExpressionType.LessThanOrEqual] = "<=",
        [ExpressionType.GreaterThan] = ">",
        [ExpressionType.GreaterThanOrEqual] = ">=",
    };

    private readonly List<object> _parameters = [];

    /// <summary>The parameter of the lambda inside Any, and the format of the elements that it represents.</summary>
    private (ParameterExpression Parameter, ScalarFormat Format)? _element;

    private FilterTranslator()
    {
    }

    /// <summary>Translates a filter. If it is <see langword="null"/>, returns <see cref="SqlFilter.All"/>.</summary>
    /// <exception cref="NotSupportedException">A part of the filter cannot be translated. The message names the part.</exception>
    /// <exception cref="InvalidOperationException">The filter names a property that the model does not have.</exception>
    public static SqlFilter Translate(LambdaExpression? filter, CollectionModel model)
    {
        if (filter is null)
        {
            return SqlFilter.All;
        }

        var translator = new FilterTranslator();
        var body = translator.PreprocessFilter(filter, model, new FilterPreprocessingOptions());
        return new SqlFilter(translator.Condition(body), translator._parameters);
    }

    private string Condition(Expression node) => node switch
    {
        _ when ClosedExpression.IsClosed(node) => ClosedExpression.Evaluate(node) is true ? "1" : "0",
        UnaryExpression { NodeType: ExpressionType.Not } not => $"(NOT {Condition(not.Operand)})",
        BinaryExpression { NodeType: ExpressionType.AndAlso } and => $"({Condition(and.Left)} AND {Condition(and.Right)})",
        BinaryExpression { NodeType: ExpressionType.OrElse } or => $"({Condition(or.Left)} OR {Condition(or.Right)})",
        BinaryExpression comparison when Operators.TryGetValue(comparison.NodeType, out var sql) => Compare(comparison, sql),
        MethodCallExpression call => Call(call),
        MemberExpression { Member.Name: "HasValue", Expression: { } nullable } when TryOperand(nullable) is { } operand =>
            $"({operand.Sql} IS NOT NULL)",
        _ when node.Type == typeof(bool) && TryOperand(node) is { } column => $"({column.Sql} IS 1)",
        _ => throw Unsupported(node),
    };

    private string Compare(BinaryExpression node, string sql)
    {
        var left = ToOperand(node.Left);
        var right = ToOperand(node.Right);
        if (!left.IsComparableTo(right))
        {
            throw Unsupported(node);
        }

        if (sql.StartsWith("IS", StringComparison.Ordinal))
        {
            return $"({left.Comparable} {sql} {right.Sql})";
        }

        return left.IsNull || right.IsNull
            ? "0"
            : $"({left.Comparable} {sql} {right.Sql} AND {left.Sql} IS NOT NULL AND {right.Sql} IS NOT NULL)";
    }

    private string Call(MethodCallExpression call)
    {
        if (TryMatchContains(call, out var source, out var item))
        {
            return Contains(call, source, item);
        }

        if (call is { Method.Name: nameof(Enumerable.Any), Arguments: [var elements, LambdaExpression predicate] }
            && call.Method.DeclaringType == typeof(Enumerable))
        {
            return Any(call, elements, predicate);
        }

        // This overload compares ordinally, as SQLite's function does. The overloads that use a culture cannot be translated.
        if (call is { Method.Name: nameof(string.Contains), Object: { } text, Arguments: [var part] }
            && call.Method.DeclaringType == typeof(string) && part.Type == typeof(string))
        {
            var (whole, sought) = (ToOperand(text).Sql, ToOperand(part).Sql);
            return $"(instr({whole}, {sought}) > 0 AND {whole} IS NOT NULL AND {sought} IS NOT NULL)";
        }

        if (call.Type == typeof(bool) && TryOperand(call) is { } flag)
        {
            return $"({flag.Sql} IS 1)";
        }

        throw Unsupported(call);
    }

    private string Contains(MethodCallExpression call, Expression source, Expression item)
    {
        if (ClosedExpression.IsClosed(source))
        {
            var column = ToOperand(item);
            var values = ClosedExpression.Evaluate(source) as IEnumerable ?? throw Unsupported(call);
            return IsAmong(call, column, values);
        }

        var array = ToOperand(source);
        var value = ToOperand(item);
        if (!array.IsCollection || (!value.IsNull && value.Format != array.Format))
        {
            throw Unsupported(call);
        }

        return $"EXISTS (SELECT 1 FROM json_each({array.Sql}) WHERE {array.Format!.Collate("value")} IS {value.Sql})";
    }

    private string Any(MethodCallExpression call, Expression source, LambdaExpression predicate)
    {
        var array = ToOperand(source);
        if (!array.IsCollection || _element is not null)
        {
            throw Unsupported(call);
        }

        _element = (predicate.Parameters[0], array.Format!);
        var condition = Condition(predicate.Body);
        _element = null;
        return $"EXISTS (SELECT 1 FROM json_each({array.Sql}) WHERE {condition})";
    }

    /// <summary>Translates a search in a list. One parameter holds all the values, so their number has no limit.</summary>
    private string IsAmong(MethodCallExpression call, Operand column, IEnumerable values)
    {
        var all = values.Cast<object?>().ToList();
        var known = all.OfType<object>().ToList();
        var among = "0";
        if (known.Count > 0)
        {
            if (column.IsCollection || !ScalarFormat.TryGet(known[0].GetType(), out var format)
                || format.Affinity == "BLOB" || !column.IsComparableTo(new Operand("", format)))
            {
                throw Unsupported(call);
            }

            var list = AddParameter(ColumnFormat.EncodeList(known, format));
            among = $"({column.Comparable} IN (SELECT value FROM json_each({list})) AND {column.Sql} IS NOT NULL)";
        }

        return known.Count < all.Count ? $"({among} OR {column.Sql} IS NULL)" : among;
    }

    private Operand ToOperand(Expression node) => TryOperand(node) ?? throw Unsupported(node);

    private Operand? TryOperand(Expression node)
    {
        if (ClosedExpression.IsClosed(node))
        {
            return Value(node, ClosedExpression.Evaluate(node));
        }

        node = Unwrap(node);
        if (_element is { } element && node == element.Parameter)
        {
            return new Operand("value", element.Format);
        }

        return TryBindProperty(node, out var property) && ColumnFormat.TryGet(property.Type, out var column)
            ? new Operand($"{SqlFilter.Table}.{Sql.Quote(property.StorageName)}", column.Scalar, column.IsCollection)
            : null;
    }

    private Operand Value(Expression node, object? value) => value switch
    {
        null => new Operand("NULL", null),
        _ when ColumnFormat.TryGet(value.GetType(), out var format) =>
            new Operand(AddParameter(format.Encode(value)), format.Scalar, format.IsCollection),
        _ => throw Unsupported(node),
    };

    /// <summary>Removes what the compiler adds around a property: a widened number, the value of a nullable.</summary>
    private static Expression Unwrap(Expression node) => node switch
    {
        MemberExpression { Member.Name: "Value", Expression: { } nullable } when Nullable.GetUnderlyingType(nullable.Type) is not null =>
            Unwrap(nullable),
        UnaryExpression { NodeType: ExpressionType.Convert, Operand: var operand } when IsNumber(node.Type) && IsNumber(operand.Type) =>
            Unwrap(operand),
        UnaryExpression { NodeType: ExpressionType.Convert, Operand: ParameterExpression parameter } => parameter,
        _ => node,
    };

    private static bool IsNumber(Type type) => ScalarFormat.TryGet(type, out var format) && format.IsNumber;

    private string AddParameter(object value)
    {
        _parameters.Add(value);
        return $"${_parameters.Count}";
    }

    private static NotSupportedException Unsupported(Expression node) => new(
        $"The part '{node}' ({node.NodeType}) of the filter cannot be translated to SQL. Filters can contain comparisons of properties "
        + "with values of the same type, null, booleans, &&, ||, !, Contains on arrays, lists and strings, and Any on arrays and lists.");

    /// <summary>Represents one side of a comparison: a column, an element of a stored array, or a value.</summary>
    /// <param name="Sql">The SQL expression.</param>
    /// <param name="Format">The stored format, or <see langword="null"/> for the value null, which has no type.</param>
    /// <param name="IsCollection">Whether the operand is a stored array or list.</param>
    private sealed record Operand(string Sql, ScalarFormat? Format, bool IsCollection = false)
    {
        public bool IsNull => Format is null;

        /// <summary>Gets the SQL expression with the collation that orders such values.</summary>
        public string Comparable => Format is null || IsCollection ? Sql : Format.Collate(Sql);

        /// <summary>Determines whether SQLite compares the two operands as .NET does.</summary>
        public bool IsComparableTo(Operand other)
        {
            if (IsNull || other.IsNull)
            {
                return true;
            }

            return IsCollection == other.IsCollection && (Format == other.Format || (Format!.IsNumber && other.Format!.IsNumber));
        }
    }
}
