using System.Linq.Expressions;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Filters;

/// <summary>Translates a filter on records to a condition in SQL with the same meaning as in .NET.</summary>
/// <remarks>
/// Every condition is 0 or 1 and never NULL, so that NOT means the same as ! in C#. <see cref="SqlConditions"/> translates a comparison
/// if SQLite evaluates it as .NET does. Other comparisons are a <see cref="DotNetCondition"/>.
/// </remarks>
internal sealed class FilterTranslator
{
    public const string True = "1";
    public const string False = "0";

    /// <summary>The maximum length of a part of the filter in a message.</summary>
    private const int MaxTextLength = 200;

    private readonly CancellationToken _cancellationToken;
    private readonly FilterBinder _binder;
    private readonly ClosedParts _closed;
    private readonly SqlConditions _sql;
    private readonly List<DotNetCondition> _dotNet = [];

    private FilterTranslator(FilterBinder binder, ClosedParts closed, CancellationToken cancellationToken)
    {
        (_binder, _closed, _cancellationToken) = (binder, closed, cancellationToken);
        _sql = new SqlConditions(binder, TryTranslate);
    }

    /// <summary>Translates a filter. If it is <see langword="null"/>, returns <see cref="SqlFilter.All"/>.</summary>
    /// <exception cref="NotSupportedException">The filter is too large, or uses something that is not a key or data property.</exception>
    /// <exception cref="InvalidOperationException">The filter names a property that the model does not have.</exception>
    public static SqlFilter Translate<TRecord>(
        Expression<Func<TRecord, bool>>? filter, CollectionModel model, CancellationToken cancellationToken)
    {
        if (filter is null)
        {
            return SqlFilter.All;
        }

        var body = FilterShape.Balance(filter.Body, cancellationToken);
        var binder = new FilterBinder(filter.Update(Expression.Constant(true), filter.Parameters), model);
        var translator = new FilterTranslator(binder, ClosedParts.Find(body), cancellationToken);
        var sql = translator.TryTranslate(body)!;
        return new SqlFilter(sql, translator._sql.Parameters, translator._dotNet);
    }

    /// <summary>Translates a condition. Returns <see langword="null"/> inside Any if SQLite would evaluate it differently.</summary>
    private string? TryTranslate(Expression node)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        return node switch
        {
            _ when _closed.Contains(node) => ClosedParts.Evaluate(node) is true ? True : False,
            UnaryExpression { NodeType: ExpressionType.Not, Method: null } not when node.Type == typeof(bool) => Not(not.Operand),
            BinaryExpression { NodeType: ExpressionType.AndAlso } both when FilterShape.IsChain(both) =>
                Join(both, "AND", decisive: False, neutral: True),
            BinaryExpression { NodeType: ExpressionType.OrElse } either when FilterShape.IsChain(either) =>
                Join(either, "OR", decisive: True, neutral: False),
            _ => Leaf(node),
        };
    }

    private string? Not(Expression operand) => TryTranslate(operand) switch
    {
        null => null,
        True => False,
        False => True,
        var condition => $"(NOT {condition})",
    };

    /// <summary>Joins two conditions. As in .NET, the right one is not evaluated if the left one decides.</summary>
    private string? Join(BinaryExpression node, string sql, string decisive, string neutral)
    {
        var left = TryTranslate(node.Left);
        if (left is null || left == decisive)
        {
            return left;
        }

        var right = TryTranslate(node.Right);
        return left == neutral || right is null ? right
            : right == neutral ? left
            : $"({left} {sql} {right})";
    }

    private string? Leaf(Expression node)
    {
        var folded = _closed.Fold(node);
        return _sql.TryTranslate(folded) ?? (_sql.IsInsideAny ? null : DotNet(folded, Describe(node)));
    }

    private string DotNet(Expression node, string text)
    {
        var (condition, columns) = DotNetConditionWriter.Write(node, text, _binder);
        _dotNet.Add(condition);
        return $"{SqlFilter.Function}({string.Join(", ", columns.Prepend($"{_dotNet.Count - 1}"))})";
    }

    private static string Describe(Expression node)
    {
        var text = string.Concat(node.ToString().Select(letter => char.IsControl(letter) ? ' ' : letter));
        return text.Length <= MaxTextLength ? text : text[..MaxTextLength] + "…";
    }
}
