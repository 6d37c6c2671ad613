using System.Linq.Expressions;

namespace Jina.VectorData.Sqlite.Filters;

/// <summary>Evaluates the parts of a filter that do not depend on the record: captured variables and what is computed from them.</summary>
internal static class ClosedExpression
{
    /// <summary>Determines whether an expression uses none of the filter's parameters.</summary>
    public static bool IsClosed(Expression expression)
    {
        var search = new ParameterSearch();
        search.Visit(expression);
        return !search.Found;
    }

    /// <summary>Returns the value of an expression. Exceptions of the evaluated code are not wrapped.</summary>
    public static object? Evaluate(Expression expression) => expression is ConstantExpression constant
        ? constant.Value
        : Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)();

    private sealed class ParameterSearch : ExpressionVisitor
    {
        public bool Found { get; private set; }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Found = true;
            return node;
        }
    }
}
