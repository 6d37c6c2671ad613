using System.Linq.Expressions;

namespace Jina.VectorData.Sqlite.Filters;

/// <summary>Limits the size of a filter, and balances chains of &amp;&amp; and ||, so that the translation needs little stack.</summary>
internal sealed class FilterShape : ExpressionVisitor
{
    /// <summary>
    /// The maximum number of parts. Filters that people write have fewer than 100. Generated ones have thousands; SQLite needs half a
    /// second to prepare 5,000 comparisons of five parts, and its time grows with the square of their number.
    /// </summary>
    public const int MaxParts = 25_000;

    /// <summary>
    /// The maximum depth, in which a chain of one operator counts once. Filters that people write have a depth below 20. Balanced
    /// chains at this depth stay below 1,000 levels in SQL, the limit of SQLite.
    /// </summary>
    public const int MaxDepth = 100;

    private FilterShape()
    {
    }

    /// <summary>Returns a filter with the same meaning whose chains are balanced.</summary>
    /// <exception cref="NotSupportedException">The filter is too large or too deep.</exception>
    public static Expression Balance(Expression filter, CancellationToken cancellationToken)
    {
        Check(filter, cancellationToken);
        return new FilterShape().Visit(filter)!;
    }

    /// <summary>Determines whether an expression is &amp;&amp; or || of two conditions.</summary>
    public static bool IsChain(Expression node) =>
        node is BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.OrElse, Method: null } && node.Type == typeof(bool);

    protected override Expression VisitBinary(BinaryExpression node)
    {
        if (!IsChain(node))
        {
            return base.VisitBinary(node);
        }

        var operands = Operands(node).ConvertAll(Visit);
        return Join(0, operands.Count);

        Expression Join(int start, int end)
        {
            var middle = (start + end) / 2;
            return end - start == 1 ? operands[start]! : Expression.MakeBinary(node.NodeType, Join(start, middle), Join(middle, end));
        }
    }

    private static void Check(Expression filter, CancellationToken cancellationToken)
    {
        var children = new Children();
        var parts = 0;
        var waiting = new Stack<(Expression Node, int Depth)>([(filter, 1)]);
        while (waiting.TryPop(out var part))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (++parts > MaxParts)
            {
                throw new NotSupportedException(
                    $"The filter has more than {MaxParts:N0} parts (properties, values and operators). To compare a property with many "
                    + "values, use Contains on an array or list, which has no limit.");
            }

            if (part.Depth > MaxDepth)
            {
                throw new NotSupportedException(
                    $"The filter has more than {MaxDepth} nested parts. Use chains of one operator, or fewer parentheses.");
            }

            foreach (var child in children.Of(part.Node))
            {
                var isSameChain = child.NodeType == part.Node.NodeType && IsChain(child);
                waiting.Push((child, isSameChain ? part.Depth : part.Depth + 1));
            }
        }
    }

    /// <summary>Returns the operands of a chain in their order, without recursion.</summary>
    private static List<Expression> Operands(BinaryExpression chain)
    {
        var operands = new List<Expression>();
        var waiting = new Stack<Expression>([chain]);
        while (waiting.TryPop(out var node))
        {
            if (node.NodeType == chain.NodeType && IsChain(node))
            {
                var link = (BinaryExpression)node;
                waiting.Push(link.Right);
                waiting.Push(link.Left);
            }
            else
            {
                operands.Add(node);
            }
        }

        return operands;
    }

    /// <summary>Lists the direct children of an expression of any kind.</summary>
    private sealed class Children : ExpressionVisitor
    {
        private readonly List<Expression> _found = [];
        private bool _isInside;

        public List<Expression> Of(Expression node)
        {
            _found.Clear();
            _isInside = false;
            Visit(node);
            return _found;
        }

        public override Expression? Visit(Expression? node)
        {
            if (!_isInside)
            {
                _isInside = true;
                return base.Visit(node);
            }

            if (node is not null)
            {
                _found.Add(node);
            }

            return node;
        }
    }
}
