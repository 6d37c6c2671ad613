using System.Linq.Expressions;
using System.Reflection;

namespace Jina.VectorData.Sqlite.Filters;

/// <summary>
/// Finds and evaluates the parts of a filter that do not depend on the record: captured variables and values computed from them.
/// </summary>
internal sealed class ClosedParts : ExpressionVisitor
{
    private readonly HashSet<Expression> _closed = new(ReferenceEqualityComparer.Instance);

    /// <summary>The number of lambdas around the parameters of each lambda. The record has level 0.</summary>
    private readonly Dictionary<ParameterExpression, int> _levels = [];
    private int _level;

    /// <summary>The lowest level of the parameters in the visited part. A part is closed if it declares all its parameters.</summary>
    private int _lowest = int.MaxValue;

    private ClosedParts()
    {
    }

    public static ClosedParts Find(Expression filter)
    {
        var parts = new ClosedParts();
        parts.Visit(filter);
        return parts;
    }

    /// <summary>Determines whether a part of the filter has a value that does not depend on the record.</summary>
    public bool Contains(Expression part) => part is ConstantExpression || _closed.Contains(part);

    /// <summary>Returns the value of a closed part. Exceptions of the evaluated code are not wrapped.</summary>
    public static object? Evaluate(Expression part) => part switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field, Expression: ConstantExpression { Value: { } target } } => field.GetValue(target),
        UnaryExpression { NodeType: ExpressionType.Convert, Operand: ConstantExpression constant }
            when Nullable.GetUnderlyingType(part.Type) == constant.Type => constant.Value,
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(part, typeof(object))).Compile(preferInterpretation: true)(),
    };

    /// <summary>Replaces the closed parts of an expression by their values.</summary>
    public Expression Fold(Expression part) => new Folding(this).Visit(part)!;

    public override Expression? Visit(Expression? node)
    {
        if (node is null)
        {
            return null;
        }

        var outer = _lowest;
        _lowest = int.MaxValue;
        base.Visit(node);
        if (_lowest > _level)
        {
            _closed.Add(node);
        }

        _lowest = Math.Min(outer, _lowest);
        return node;
    }

    protected override Expression VisitLambda<T>(Expression<T> node)
    {
        _level++;
        foreach (var parameter in node.Parameters)
        {
            _levels[parameter] = _level;
        }

        Visit(node.Body);
        _level--;
        return node;
    }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        _lowest = Math.Min(_lowest, _levels.GetValueOrDefault(node));
        return node;
    }

    /// <summary>Replaces closed parts by constants.</summary>
    private sealed class Folding(ClosedParts parts) : ExpressionVisitor
    {
        /// <summary>The number of operators around the visited part that possibly skip it.</summary>
        private int _conditions;

        public override Expression? Visit(Expression? node)
        {
            if (node is null or ConstantExpression or LambdaExpression || node.NodeType == ExpressionType.Quote
                || node.Type.IsByRefLike || !parts.Contains(node))
            {
                return base.Visit(node);
            }

            try
            {
                return Expression.Constant(Evaluate(node), node.Type);
            }
            catch (Exception) when (_conditions > 0)
            {
                // .NET throws only if the evaluation reaches the part.
                return node;
            }
        }

        protected override Expression VisitBinary(BinaryExpression node) =>
            node.NodeType is ExpressionType.AndAlso or ExpressionType.OrElse or ExpressionType.Coalesce
                ? Conditionally(() => base.VisitBinary(node))
                : base.VisitBinary(node);

        protected override Expression VisitConditional(ConditionalExpression node) => Conditionally(() => base.VisitConditional(node));

        protected override Expression VisitLambda<T>(Expression<T> node) => Conditionally(() => base.VisitLambda(node));

        private Expression Conditionally(Func<Expression> visit)
        {
            _conditions++;
            var visited = visit();
            _conditions--;
            return visited;
        }
    }
}
