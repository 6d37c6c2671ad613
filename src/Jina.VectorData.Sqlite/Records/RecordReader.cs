using Jina.VectorData.Sqlite.Columns;
using Jina.VectorData.Sqlite.Filters;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Records;

/// <summary>Reads records out of a collection's tables.</summary>
internal sealed class RecordReader<TRecord>(CollectionModel model, CollectionTables tables)
    where TRecord : class
{
    private readonly PropertyModel[] _properties = [.. tables.Columns()];
    private readonly ColumnFormat[] _formats = [.. tables.Columns().Select(property => ColumnFormat.Get(property.Type))];

    /// <summary>The condition that a row's key is $1.</summary>
    public string HasKey { get; } = $"{SqlFilter.Table}.{SqlName.Quote(model.KeyProperty.StorageName)} = $1";

    /// <summary>The condition that a row's id is $1.</summary>
    public string HasId { get; } = $"{SqlFilter.Table}.{CollectionTables.Id} = $1";

    /// <summary>Returns a statement that reads the records which meet a condition.</summary>
    public string Select(bool includeVectors, string condition)
    {
        var columns = _properties.Select(property => $"{SqlFilter.Table}.{SqlName.Quote(property.StorageName)}");
        var joins = "";
        if (includeVectors)
        {
            columns = columns.Concat(model.VectorProperties.Select((_, i) => $"v{i}.{CollectionTables.Vector}"));
            joins = string.Concat(model.VectorProperties.Select((property, i) =>
                $" LEFT JOIN {tables.VectorsOf(property)} v{i} ON v{i}.{CollectionTables.Id} = {SqlFilter.Table}.{CollectionTables.Id}"));
        }

        return $"SELECT {string.Join(", ", columns)} FROM {tables.Data} {SqlFilter.Table}{joins} WHERE {condition}";
    }

    /// <summary>Makes a record of a row that <see cref="Select"/> found.</summary>
    public TRecord Read(SqliteDataReader row)
    {
        var record = model.CreateRecord<TRecord>();
        for (var i = 0; i < _properties.Length; i++)
        {
            _properties[i].SetValueAsObject(record, _formats[i].Decode(row.GetValue(i)));
        }

        for (var i = _properties.Length; i < row.FieldCount; i++)
        {
            var property = model.VectorProperties[i - _properties.Length];
            property.SetValueAsObject(record, row.IsDBNull(i) ? null : VectorValues.To(VectorValues.FromBytes(row.GetFieldValue<byte[]>(i)), property.Type));
        }

        return record;
    }

    /// <summary>Reads the records of many values of one condition, in their order; those that are not there are left out.</summary>
    public List<TRecord> ReadEach(SqliteConnection connection, bool includeVectors, string condition, IEnumerable<object> values)
    {
        using var command = connection.Command(Select(includeVectors, condition), DBNull.Value);
        var records = new List<TRecord>();
        foreach (var value in values)
        {
            command.Parameters[0].Value = value;
            using var row = command.ExecuteReader();
            if (row.Read())
            {
                records.Add(Read(row));
            }
        }

        return records;
    }
}
