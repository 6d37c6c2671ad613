using System.Text.Json;
using Jina.VectorData.Sqlite.Columns;
using Jina.VectorData.Sqlite.Filters;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Records;

/// <summary>Reads records from a collection's tables.</summary>
internal sealed class RecordReader<TRecord>(CollectionModel model, CollectionTables tables)
    where TRecord : class
{
    private readonly PropertyModel[] _properties = [.. tables.Columns()];
    private readonly ColumnFormat[] _formats = [.. tables.Columns().Select(property => ColumnFormat.Get(property.Type))];

    /// <summary>Gets the condition that a row's key is $1.</summary>
    public string HasKey { get; } = $"{Column(model.KeyProperty)} = $1";

    /// <summary>Gets the condition that a row's ID is $1.</summary>
    public string HasId { get; } = $"{SqlFilter.Table}.{CollectionTables.Id} = $1";

    /// <summary>Returns the statement that reads a page of the records that meet a filter.</summary>
    /// <remarks>Records that the options do not order are in the order in which they were stored.</remarks>
    public string SelectPage(SqlFilter filter, int top, bool includeVectors, FilteredRecordRetrievalOptions<TRecord> options) =>
        Select(includeVectors, $"{filter.Sql} ORDER BY {OrderBy(options)} LIMIT {top} OFFSET {options.Skip}");

    /// <summary>Creates a record from a row of <see cref="SelectPage"/>.</summary>
    public TRecord Read(SqliteDataReader row)
    {
        var record = model.CreateRecord<TRecord>();
        for (var i = 0; i < _properties.Length; i++)
        {
            SetValue(record, i, row);
        }

        for (var i = _properties.Length; i < row.FieldCount; i++)
        {
            var property = model.VectorProperties[i - _properties.Length];
            property.SetValueAsObject(record, row.IsDBNull(i) ? null : VectorValues.ToType(ReadVector(row, i, property), property.Type));
        }

        return record;
    }

    /// <summary>Reads one record for each value of a condition, in the order of the values; null for a value without a record.</summary>
    public List<TRecord?> ReadEach(SqliteConnection connection, bool includeVectors, string condition, IEnumerable<object> values)
    {
        using var command = connection.Command(Select(includeVectors, condition), DBNull.Value);
        var records = new List<TRecord?>();
        foreach (var value in values)
        {
            command.Parameters[0].Value = value;
            using var row = command.ExecuteReader();
            records.Add(row.Read() ? Read(row) : null);
        }

        return records;
    }

    private void SetValue(TRecord record, int column, SqliteDataReader row)
    {
        var property = _properties[column];
        var stored = row.GetValue(column);
        try
        {
            property.SetValueAsObject(record, _formats[column].Decode(stored));
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw DamagedDatabaseException.OfValue(tables.Name, row.GetValue(0), property.StorageName, property.Type, stored, e);
        }
    }

    /// <summary>Determines whether an exception reports a value that no record of the property's type is stored as.</summary>
    private static bool IsDamage(Exception e) =>
        e is InvalidCastException or FormatException or OverflowException or ArgumentException or InvalidOperationException
            or JsonException;

    private float[] ReadVector(SqliteDataReader row, int column, VectorPropertyModel property)
    {
        var stored = row.GetValue(column) as byte[];
        return stored?.Length == property.Dimensions * sizeof(float)
            ? VectorValues.FromBytes(stored)
            : throw DamagedDatabaseException.OfVector(
                tables.Name,
                row.GetValue(0),
                property.StorageName,
                property.Dimensions,
                stored is null ? "not a blob" : $"a blob of {stored.Length} bytes");
    }

    private string Select(bool includeVectors, string condition)
    {
        var columns = _properties.Select(Column);
        var joins = "";
        if (includeVectors)
        {
            columns = columns.Concat(model.VectorProperties.Select((_, i) => $"v{i}.{CollectionTables.Vector}"));
            joins = string.Concat(model.VectorProperties.Select((property, i) =>
                $" LEFT JOIN {tables.VectorsOf(property)} v{i} ON v{i}.{CollectionTables.Id} = {SqlFilter.Table}.{CollectionTables.Id}"));
        }

        return $"SELECT {string.Join(", ", columns)} FROM {tables.Data} {SqlFilter.Table}{joins} WHERE {condition}";
    }

    private string OrderBy(FilteredRecordRetrievalOptions<TRecord> options)
    {
        var terms = options.OrderBy is null ? [] : options.OrderBy(new()).Values.Select(sort =>
        {
            var property = model.GetDataOrKeyProperty(sort.PropertySelector);
            if (property is VectorPropertyModel)
            {
                throw new NotSupportedException(
                    $"Records cannot be ordered by the vector property '{property.ModelName}'. Order by a key or data property.");
            }

            var format = ColumnFormat.Get(property.Type);
            if (format.IsCollection || format.Affinity == "BLOB")
            {
                throw new NotSupportedException(
                    $"Records cannot be ordered by the property '{property.ModelName}', because {property.Type.Name} has no order. "
                    + "Order by a property with a single value.");
            }

            return $"{format.Scalar.Comparable(Column(property))} {(sort.Ascending ? "ASC" : "DESC")}";
        });
        return string.Join(", ", terms.Append($"{SqlFilter.Table}.{CollectionTables.Id}"));
    }

    private static string Column(PropertyModel property) => $"{SqlFilter.Table}.{Sql.Quote(property.StorageName)}";
}
