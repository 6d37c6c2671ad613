using Jina.VectorData.Sqlite.Columns;
using Jina.VectorData.Sqlite.Filters;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Records;

/// <summary>The order in which records are read.</summary>
internal static class OrderClause
{
    /// <summary>Returns what follows ORDER BY: what is asked for, then the order in which the records were stored.</summary>
    public static string Of<TRecord>(Func<FilteredRecordRetrievalOptions<TRecord>.OrderByDefinition, FilteredRecordRetrievalOptions<TRecord>.OrderByDefinition>? orderBy, CollectionModel model)
        where TRecord : class
    {
        var terms = orderBy is null ? [] : orderBy(new()).Values.Select(sort =>
        {
            var property = model.GetDataOrKeyProperty(sort.PropertySelector);
            var format = property is VectorPropertyModel
                ? throw new NotSupportedException($"Records cannot be ordered by the vector property '{property.ModelName}'. Order by a key or data property.")
                : ColumnFormat.Get(property.Type).Scalar;
            return $"{format.Collate($"{SqlFilter.Table}.{SqlName.Quote(property.StorageName)}")} {(sort.Ascending ? "ASC" : "DESC")}";
        });
        return string.Join(", ", terms.Append($"{SqlFilter.Table}.{CollectionTables.Id}"));
    }
}
