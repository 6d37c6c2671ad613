using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Jina.VectorData.Sqlite.Columns;
using Microsoft.Extensions.VectorData.ProviderServices;
using Microsoft.Extensions.VectorData.ProviderServices.Filter;

namespace Jina.VectorData.Sqlite.Filters;

/// <summary>Finds the properties of the record in a filter.</summary>
internal sealed class FilterBinder : FilterTranslatorBase
{
    /// <param name="filter">A filter with the record as its parameter. Its body is not used, because ClosedParts evaluates filters.</param>
    /// <param name="model">The collection's properties.</param>
    public FilterBinder(LambdaExpression filter, CollectionModel model) =>
        PreprocessFilter(filter, model, new FilterPreprocessingOptions());

    /// <summary>Gets the parameter of the filter.</summary>
    public ParameterExpression Record => RecordParameter;

    /// <summary>Matches a call of Contains on an array, list or other sequence, with the default comparer.</summary>
    public static bool TryGetContains(
        MethodCallExpression call, [NotNullWhen(true)] out Expression? source, [NotNullWhen(true)] out Expression? item) =>
        TryMatchContains(call, out source, out item);

    /// <summary>Finds the key or data property that an expression reads.</summary>
    /// <exception cref="InvalidOperationException">The model does not have the property.</exception>
    /// <exception cref="InvalidCastException">The property of a dictionary has another type.</exception>
    public bool TryFindColumn(
        Expression node, [NotNullWhen(true)] out PropertyModel? property, [NotNullWhen(true)] out ColumnFormat? format)
    {
        var read = node is UnaryExpression { NodeType: ExpressionType.Convert, Operand: MethodCallExpression call } ? call : node;
        format = null;
        property = null;
        return read is MemberExpression or MethodCallExpression
            && TryBindProperty(node, out property)
            && property is not VectorPropertyModel
            && ColumnFormat.TryGet(property.Type, out format);
    }
}
