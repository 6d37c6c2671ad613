using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using Jina.VectorData.Sqlite.Columns;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Filters;

/// <summary>Rewrites a condition on the record to one on the values of its columns, which .NET evaluates for each row.</summary>
internal sealed class DotNetConditionWriter : ExpressionVisitor
{
    private static readonly MethodInfo AreEqualMethod = ((Func<object?, object?, bool>)AreEqual).Method;
    private static readonly MethodInfo ContainsMethod = ((Func<IEnumerable?, object?, bool>)Contains).Method;
    private static readonly MethodInfo IsAmongMethod = ((Func<HashSet<object?>, object?, bool>)IsAmong).Method;

    private readonly FilterBinder _binder;
    private readonly ParameterExpression _values = Expression.Parameter(typeof(object?[]), "values");
    private readonly List<PropertyModel> _properties = [];
    private readonly HashSet<int> _required = [];

    /// <summary>The number of operators around the visited part that possibly skip it.</summary>
    private int _conditions;

    private DotNetConditionWriter(FilterBinder binder) => _binder = binder;

    /// <summary>Returns the condition, and the SQL expressions of its columns.</summary>
    /// <param name="node">The condition, in which closed parts are constants.</param>
    /// <param name="text">The condition, for messages.</param>
    /// <param name="binder">The properties of the record.</param>
    /// <exception cref="NotSupportedException">The condition uses parts of the record that are not columns.</exception>
    public static (DotNetCondition Condition, IEnumerable<string> Columns) Write(Expression node, string text, FilterBinder binder)
    {
        var writer = new DotNetConditionWriter(binder) { Text = text };
        var condition = Expression.Lambda<Func<object?[], bool>>(writer.Visit(node), writer._values);
        var formats = writer._properties.ConvertAll(property => ColumnFormat.Get(property.Type));
        var arguments = writer._properties.Zip(formats, (property, format) =>
            Argument($"{SqlFilter.Table}.{Sql.Quote(property.StorageName)}", format));
        return (new DotNetCondition(text, formats, writer._required, new(() => condition.Compile())), arguments);
    }

    private string Text { get; init; } = "";

    protected override Expression VisitMember(MemberExpression node)
    {
        if (_binder.TryFindColumn(node, out var property, out _))
        {
            return Column(property, node.Type);
        }

        return node.Expression == _binder.Record
            ? throw Unsupported($"uses the vector property '{node.Member.Name}'")
            : Require(node.Expression, isNullableUsed: node.Member.Name == "Value", () => base.VisitMember(node));
    }

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        if (_binder.TryFindColumn(node, out var property, out _))
        {
            return Column(property, node.Type);
        }

        if (!FilterBinder.TryGetContains(node, out var source, out var item))
        {
            return Require(node.Object, isNullableUsed: false, () => base.VisitMethodCall(node));
        }

        if (source is not ConstantExpression constant)
        {
            return Expression.Call(ContainsMethod, Visit(source), Expression.Convert(Visit(item), typeof(object)));
        }

        // Other sequences can have comparers of their own.
        return constant.Value is Array || IsList(constant.Value)
            ? Expression.Call(
                IsAmongMethod,
                Expression.Constant(((IEnumerable)constant.Value!).Cast<object?>().ToHashSet()),
                Expression.Convert(Visit(item), typeof(object)))
            : base.VisitMethodCall(node);
    }

    protected override Expression VisitBinary(BinaryExpression node)
    {
        // Dictionaries contain objects, and arrays are read anew, so references are never equal. Values are compared instead.
        if (node is { NodeType: ExpressionType.Equal or ExpressionType.NotEqual, Method: null }
            && !node.Left.Type.IsValueType && !node.Right.Type.IsValueType)
        {
            var left = Expression.Convert(Visit(node.Left), typeof(object));
            var right = Expression.Convert(Visit(node.Right), typeof(object));
            var equal = Expression.Call(AreEqualMethod, left, right);
            return node.NodeType == ExpressionType.Equal ? equal : Expression.Not(equal);
        }

        return node.NodeType is ExpressionType.AndAlso or ExpressionType.OrElse or ExpressionType.Coalesce
            ? Conditionally(() => base.VisitBinary(node))
            : base.VisitBinary(node);
    }

    protected override Expression VisitUnary(UnaryExpression node) =>
        _binder.TryFindColumn(node.Operand, out _, out _) && node.Type.IsValueType && Nullable.GetUnderlyingType(node.Type) is null
            ? Require(node.Operand, isNullableUsed: true, () => base.VisitUnary(node))
            : base.VisitUnary(node);

    protected override Expression VisitConditional(ConditionalExpression node) => Conditionally(() => base.VisitConditional(node));

    protected override Expression VisitLambda<T>(Expression<T> node) => Conditionally(() => base.VisitLambda(node));

    protected override Expression VisitParameter(ParameterExpression node) =>
        node == _binder.Record ? throw Unsupported("uses the record as a whole") : node;

    /// <summary>Determines whether a value is a <see cref="List{T}"/>.</summary>
    public static bool IsList(object? value) =>
        value?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(List<>);

    /// <summary>
    /// Returns the argument for a column. Text is passed as bytes, because functions receive texts only up to a NUL character.
    /// </summary>
    private static string Argument(string column, ColumnFormat format) =>
        format.Affinity == "TEXT" ? $"CAST({column} AS BLOB)" : column;

    private Expression Conditionally(Func<Expression> visit)
    {
        _conditions++;
        var visited = visit();
        _conditions--;
        return visited;
    }

    /// <summary>Visits a part that uses a member of a column, and notes that it requires the column's value.</summary>
    private Expression Require(Expression? target, bool isNullableUsed, Func<Expression> visit)
    {
        var visited = visit();
        if (_conditions == 0 && target is not null && (!target.Type.IsValueType || isNullableUsed)
            && _binder.TryFindColumn(target, out var property, out _))
        {
            _required.Add(_properties.IndexOf(property));
        }

        return visited;
    }

    private UnaryExpression Column(PropertyModel property, Type type)
    {
        var index = _properties.IndexOf(property);
        if (index < 0)
        {
            index = _properties.Count;
            _properties.Add(property);
        }

        return Expression.Convert(Expression.ArrayIndex(_values, Expression.Constant(index)), type);
    }

    private NotSupportedException Unsupported(string reason) => new(
        $"The part '{Text}' of the filter cannot be evaluated, because it {reason}. Filters can use key and data properties.");

    private static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (string or null, _) or (_, string or null) => Equals(left, right),
        (IEnumerable first, IEnumerable second) => first.Cast<object?>().SequenceEqual(second.Cast<object?>()),
        _ => Equals(left, right),
    };

    /// <summary>Determines whether an array or list contains a value. If it is missing, it does not.</summary>
    private static bool Contains(IEnumerable? source, object? item) => source is not null && source.Cast<object?>().Contains(item);

    private static bool IsAmong(HashSet<object?> values, object? item) => values.Contains(item);
}
