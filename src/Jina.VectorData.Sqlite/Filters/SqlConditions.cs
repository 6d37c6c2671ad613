using System.Collections;
using System.Linq.Expressions;

namespace Jina.VectorData.Sqlite.Filters;

/// <summary>Translates the comparisons that SQLite evaluates as .NET does. All values become parameters.</summary>
/// <remarks>Equality is IS, and comparisons that would be NULL for a missing value are guarded.</remarks>
/// <param name="binder">The properties of the record.</param>
/// <param name="translate">The function that translates the condition inside Any.</param>
internal sealed class SqlConditions(FilterBinder binder, Func<Expression, string?> translate)
{
    /// <summary>Gets the operators of SQL.</summary>
    public static IReadOnlyDictionary<ExpressionType, string> Operators { get; } = new Dictionary<ExpressionType, string>
    {
        [ExpressionType.Equal] = "IS",
        [ExpressionType.NotEqual] = "IS NOT",
        [ExpressionType.LessThan] = "<",
        [ExpressionType.LessThanOrEqual] = "<=",
        [ExpressionType.GreaterThan] = ">",
        [ExpressionType.GreaterThanOrEqual] = ">=",
    };

    private readonly OperandReader _operands = new(binder);

    /// <summary>Gets the values of $1, $2, … .</summary>
    public IReadOnlyList<object> Parameters => _operands.Parameters;

    /// <summary>Gets whether the translated condition is the one of Any.</summary>
    public bool IsInsideAny => _operands.Element is not null;

    /// <summary>Translates a comparison, or returns <see langword="null"/> if SQLite would evaluate it differently.</summary>
    /// <param name="node">The comparison, in which closed parts are constants.</param>
    public string? TryTranslate(Expression node)
    {
        var parameters = _operands.Parameters.Count;
        var sql = node switch
        {
            BinaryExpression comparison when Operators.ContainsKey(comparison.NodeType) => Compare(comparison),
            MethodCallExpression call when Call(call) is { } condition => condition,
            MemberExpression { Member.Name: "HasValue", Expression: { } nullable }
                when Nullable.GetUnderlyingType(nullable.Type) is not null =>
                _operands.TryRead(nullable) is { } operand ? $"({operand.Sql} IS NOT NULL)" : null,
            _ when node.Type == typeof(bool) => _operands.TryRead(node) is { } flag ? $"({flag.Sql} IS 1)" : null,
            _ => null,
        };
        if (sql is null)
        {
            _operands.Parameters.RemoveRange(parameters, _operands.Parameters.Count - parameters);
        }

        return sql;
    }

    private string? Compare(BinaryExpression node)
    {
        if (_operands.TryRead(node.Left) is not { } left || _operands.TryRead(node.Right) is not { } right || !left.IsComparableTo(right)
            || (node.Method is not null && node.Method.DeclaringType != left.Type && node.Method.DeclaringType != right.Type))
        {
            return null;
        }

        var isEquality = node.NodeType is ExpressionType.Equal or ExpressionType.NotEqual;
        if (!isEquality && (left.IsNull || right.IsNull))
        {
            return FilterTranslator.False;
        }

        if (!isEquality && (left.IsCollection || right.IsCollection))
        {
            return null;
        }

        var sql = (node.NodeType == ExpressionType.NotEqual ? null : _operands.TryCompareDates(left, right, node.NodeType))
            ?? $"{left.Comparable} {Operators[node.NodeType]} {right.Comparable}";
        return isEquality
            ? $"({sql}{left.Guard}{right.Guard})"
            : $"({sql} AND {left.Sql} IS NOT NULL AND {right.Sql} IS NOT NULL)";
    }

    private string? Call(MethodCallExpression call)
    {
        if (FilterBinder.TryGetContains(call, out var source, out var item))
        {
            return source is ConstantExpression constant ? IsAmong(item, constant.Value) : Contains(source, item);
        }

        if (call is { Method.Name: nameof(Enumerable.Any), Arguments: [var elements, LambdaExpression { Parameters.Count: 1 } predicate] }
            && call.Method.DeclaringType == typeof(Enumerable))
        {
            return Any(elements, predicate);
        }

        // This overload compares ordinally, as SQLite's function does. Other methods of strings are evaluated in .NET.
        return call is { Method.Name: nameof(string.Contains), Object: { } text, Arguments: [var part] }
            && call.Method.DeclaringType == typeof(string) && part.Type == typeof(string)
            && _operands.TryRead(text) is { } whole && _operands.TryRead(part) is { IsNull: false } sought
            ? $"(instr({whole.Sql}, {sought.Sql}) > 0 AND {whole.Sql} IS NOT NULL AND {sought.Sql} IS NOT NULL)"
            : null;
    }

    private string? Contains(Expression source, Expression item)
    {
        if (_operands.TryRead(source) is not { IsCollection: true } array || !array.Scalar!.CanReadFromJson
            || _operands.TryRead(item) is not { IsCollection: false, IsRequired: false } value
            || (!value.IsNull && value.Type != array.Scalar.Type))
        {
            return null;
        }

        var element = array.Scalar.Comparable(OperandReader.ElementColumn);
        return $"EXISTS (SELECT 1 FROM {Elements(array)} WHERE {element} IS {value.Comparable})";
    }

    private string? Any(Expression source, LambdaExpression predicate)
    {
        if (IsInsideAny || _operands.TryRead(source) is not { IsCollection: true } array || !array.Scalar!.CanReadFromJson)
        {
            return null;
        }

        _operands.Element = (predicate.Parameters[0], array.Scalar);
        var condition = translate(predicate.Body);
        _operands.Element = null;
        return condition is null ? null : $"EXISTS (SELECT 1 FROM {Elements(array)} WHERE {condition})";
    }

    /// <summary>Translates a search in a list. One parameter holds all the values, so their number has no limit.</summary>
    private string? IsAmong(Expression item, object? source)
    {
        // Other sequences can have comparers of their own.
        if ((source is not Array && !DotNetConditionWriter.IsList(source)) || _operands.TryRead(item) is not { IsNull: false } column)
        {
            return null;
        }

        var all = ((IEnumerable)source!).Cast<object?>().ToList();
        var known = all.OfType<object>().ToList();
        var among = FilterTranslator.False;
        if (known.Count > 0)
        {
            if (_operands.TryAddList(known, column) is not { } list)
            {
                return null;
            }

            among = $"({column.Comparable} IN (SELECT value FROM json_each({list})) AND {column.Sql} IS NOT NULL)";
        }

        return known.Count == all.Count || column.IsRequired ? among : $"({among} OR {column.Sql} IS NULL)";
    }

    private static string Elements(Operand array) => $"json_each({array.Sql}) {OperandReader.ElementTable}";
}
