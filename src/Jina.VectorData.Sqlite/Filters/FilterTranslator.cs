using System.Collections;
using System.Linq.Expressions;
using Jina.VectorData.Sqlite.Columns;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Extensions.VectorData.ProviderServices;
using Microsoft.Extensions.VectorData.ProviderServices.Filter;

namespace Jina.VectorData.Sqlite.Filters;

/// <summary>Turns a filter over records into a condition in SQL.</summary>
/// <remarks>
/// Every condition is 0 or 1 and never NULL, so that NOT means what ! means in C#: equality is IS, and what else would be
/// NULL for a missing value is guarded. Values, whatever they hold, become parameters.
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

    /// <summary>The parameter of the lambda inside Any, and the format of the elements it stands for.</summary>
    private (ParameterExpression Parameter, ScalarFormat Format)? _element;

    private FilterTranslator()
    {
    }

    /// <summary>Translates a filter.</summary>
    /// <exception cref="NotSupportedException">A part of it has no translation; the message names the part.</exception>
    /// <exception cref="InvalidOperationException">It names a property that is none.</exception>
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
        _ when ClosedExpression.Is(node) => ClosedExpression.Evaluate(node) is true ? "1" : "0",
        UnaryExpression { NodeType: ExpressionType.Not } not => $"(NOT {Condition(not.Operand)})",
        BinaryExpression { NodeType: ExpressionType.AndAlso } and => $"({Condition(and.Left)} AND {Condition(and.Right)})",
        BinaryExpression { NodeType: ExpressionType.OrElse } or => $"({Condition(or.Left)} OR {Condition(or.Right)})",
        BinaryExpression comparison when Operators.TryGetValue(comparison.NodeType, out var sql) => Compare(comparison, sql),
        MethodCallExpression call => Call(call),
        MemberExpression { Member.Name: "HasValue", Expression: { } nullable } when TryOperand(nullable) is { } operand => $"({operand.Sql} IS NOT NULL)",
        _ when node.Type == typeof(bool) && TryOperand(node) is { } column => $"({column.Sql} IS 1)",
        _ => throw Unsupported(node),
    };

    private string Compare(BinaryExpression node, string sql)
    {
        var left = Operand(node.Left);
        var right = Operand(node.Right);
        if (!left.IsComparableTo(right))
        {
            throw Unsupported(node);
        }

        return sql.StartsWith("IS", StringComparison.Ordinal) ? $"({left.Comparable} {sql} {right.Sql})"
            : left.IsNull || right.IsNull ? "0"
            : $"({left.Comparable} {sql} {right.Sql} AND {left.Sql} IS NOT NULL AND {right.Sql} IS NOT NULL)";
    }

    private string Call(MethodCallExpression call)
    {
        if (TryMatchContains(call, out var source, out var item))
        {
            return Contains(call, source, item);
        }

        if (call is { Method.Name: nameof(Enumerable.Any), Arguments: [var elements, LambdaExpression predicate] } && call.Method.DeclaringType == typeof(Enumerable))
        {
            return Any(call, elements, predicate);
        }

        // This overload compares ordinally, as SQLite's function does; those that go by a culture have no translation.
        if (call is { Method.Name: nameof(string.Contains), Object: { } text, Arguments: [var part] } && call.Method.DeclaringType == typeof(string) && part.Type == typeof(string))
        {
            var (whole, sought) = (Operand(text).Sql, Operand(part).Sql);
            return $"(instr({whole}, {sought}) > 0 AND {whole} IS NOT NULL AND {sought} IS NOT NULL)";
        }

        return call.Type == typeof(bool) && TryOperand(call) is { } flag ? $"({flag.Sql} IS 1)" : throw Unsupported(call);
    }

    private string Contains(MethodCallExpression call, Expression source, Expression item)
    {
        if (ClosedExpression.Is(source))
        {
            var column = Operand(item);
            var values = ClosedExpression.Evaluate(source) as IEnumerable ?? throw Unsupported(call);
            return IsAmong(call, column, values);
        }

        var array = Operand(source);
        var value = Operand(item);
        return array.IsCollection && (value.IsNull || value.Format == array.Format)
            ? $"EXISTS (SELECT 1 FROM json_each({array.Sql}) WHERE {array.Format!.Collate("value")} IS {value.Sql})"
            : throw Unsupported(call);
    }

    private string Any(MethodCallExpression call, Expression source, LambdaExpression predicate)
    {
        var array = Operand(source);
        if (!array.IsCollection || _element is not null)
        {
            throw Unsupported(call);
        }

        _element = (predicate.Parameters[0], array.Format!);
        var condition = Condition(predicate.Body);
        _element = null;
        return $"EXISTS (SELECT 1 FROM json_each({array.Sql}) WHERE {condition})";
    }

    /// <summary>One parameter holds all the values, so that their number has no limit.</summary>
    private string IsAmong(MethodCallExpression call, FilterOperand column, IEnumerable values)
    {
        var all = values.Cast<object?>().ToList();
        var known = all.OfType<object>().ToList();
        var among = "0";
        if (known.Count > 0)
        {
            if (column.IsCollection || !ScalarFormats.TryGet(known[0].GetType(), out var format) || format.Affinity == "BLOB" || !column.IsComparableTo(new FilterOperand("", format)))
            {
                throw Unsupported(call);
            }

            among = $"({column.Comparable} IN (SELECT value FROM json_each({Parameter(JsonList.Encode(known, format))})) AND {column.Sql} IS NOT NULL)";
        }

        return known.Count < all.Count ? $"({among} OR {column.Sql} IS NULL)" : among;
    }

    private FilterOperand Operand(Expression node) => TryOperand(node) ?? throw Unsupported(node);

    private FilterOperand? TryOperand(Expression node)
    {
        if (ClosedExpression.Is(node))
        {
            return Value(node, ClosedExpression.Evaluate(node));
        }

        node = Unwrapped(node);
        if (_element is { } element && node == element.Parameter)
        {
            return new FilterOperand("value", element.Format);
        }

        return TryBindProperty(node, out var property) && ColumnFormat.TryGet(property.Type, out var column)
            ? new FilterOperand($"{SqlFilter.Table}.{SqlName.Quote(property.StorageName)}", column.Scalar, column.IsCollection)
            : null;
    }

    private FilterOperand Value(Expression node, object? value) => value switch
    {
        null => new FilterOperand(FilterOperand.Null, null),
        _ when ColumnFormat.TryGet(value.GetType(), out var format) => new FilterOperand(Parameter(format.Encode(value)), format.Scalar, format.IsCollection),
        _ => throw Unsupported(node),
    };

    /// <summary>Leaves out what the compiler adds around a property: a widened number, the value of a nullable.</summary>
    private static Expression Unwrapped(Expression node) => node switch
    {
        MemberExpression { Member.Name: "Value", Expression: { } nullable } when Nullable.GetUnderlyingType(nullable.Type) is not null => Unwrapped(nullable),
        UnaryExpression { NodeType: ExpressionType.Convert, Operand: var operand } when IsNumber(node.Type) && IsNumber(operand.Type) => Unwrapped(operand),
        UnaryExpression { NodeType: ExpressionType.Convert, Operand: ParameterExpression parameter } => parameter,
        _ => node,
    };

    private static bool IsNumber(Type type) => ScalarFormats.TryGet(type, out var format) && format.IsNumber;

    private string Parameter(object value)
    {
        _parameters.Add(value);
        return $"${_parameters.Count}";
    }

    private static NotSupportedException Unsupported(Expression node) => new(
        $"The filter's part '{node}' ({node.NodeType}) has no translation to SQL. Filters may hold comparisons of properties with values of the same type, null, booleans, &&, ||, !, Contains over arrays, lists and strings, and Any over arrays and lists.");
}
