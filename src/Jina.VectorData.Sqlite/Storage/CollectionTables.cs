using Jina.VectorData.Sqlite.Columns;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Names the tables of a collection, and returns the statements that create and drop them.</summary>
/// <remarks>
/// The keys and data are in a table with the collection's name. Each vector property has its own table, so that filters do
/// not read vectors. The full-text index does not copy the texts. All tables share the row's ID. A trigger removes a deleted
/// row from all of them, even if another program deleted it.
/// </remarks>
internal sealed class CollectionTables
{
    /// <summary>The column, quoted, that all tables of a collection share.</summary>
    public static readonly string Id = Sql.Quote($"{Sql.Separator}id");

    /// <summary>The column of the vectors.</summary>
    public const string Vector = "vector";

    /// <summary>The names that a column of a full-text index cannot have.</summary>
    private static readonly string[] ReservedByFts5 = ["rank", "rowid"];

    private readonly CollectionModel _model;
    private readonly string _tokenizer;

    /// <param name="name">The collection's name.</param>
    /// <param name="model">The collection's properties.</param>
    /// <param name="tokenizer">The tokenizer of the full-text index, in the syntax of FTS5.</param>
    public CollectionTables(string name, CollectionModel model, string tokenizer)
    {
        Name = Sql.CheckName(name, "collection name");
        (_model, _tokenizer) = (model, tokenizer);
        foreach (var property in model.Properties)
        {
            Sql.CheckName(property.StorageName, "storage name");
        }

        CheckDifferent(Columns());
        CheckDifferent(model.VectorProperties);
        Data = Sql.Quote(name);
        FullText = FullTextTable(name);
        FullTextProperties = [.. model.DataProperties.Where(property => property.IsFullTextIndexed)];
    }

    /// <summary>Gets the collection's name.</summary>
    public string Name { get; }

    /// <summary>Gets the name of the key's column.</summary>
    public string KeyName => _model.KeyProperty.StorageName;

    /// <summary>Gets the table of the keys and data, quoted.</summary>
    public string Data { get; }

    /// <summary>Gets the full-text index, quoted. It exists only if the model has <see cref="FullTextProperties"/>.</summary>
    public string FullText { get; }

    public IReadOnlyList<DataPropertyModel> FullTextProperties { get; }

    /// <summary>Returns the table of a vector property, quoted.</summary>
    public string VectorsOf(VectorPropertyModel property) => VectorTable(Name, property.StorageName);

    /// <summary>Returns the column of a property in the full-text index.</summary>
    public static string FullTextColumn(DataPropertyModel property) =>
        Array.Exists(ReservedByFts5, name => name.Equals(property.StorageName, StringComparison.OrdinalIgnoreCase))
            ? $"{property.StorageName}{Sql.Separator}text"
            : property.StorageName;

    /// <summary>Returns the properties of the keys and data, the key first.</summary>
    public IEnumerable<PropertyModel> Columns() => [_model.KeyProperty, .. _model.DataProperties];

    /// <summary>Returns the statements that create the tables.</summary>
    /// <param name="collectionId">The collection's ID in the catalog.</param>
    public IEnumerable<string> CreateStatements(long collectionId)
    {
        var key = $"{Column(_model.KeyProperty)} NOT NULL UNIQUE";
        var columns = string.Concat(_model.DataProperties.Select(property => $", {Column(property)}"));
        yield return $"CREATE TABLE {Data} ({Id} INTEGER PRIMARY KEY, {key}{columns})";
        foreach (var property in _model.DataProperties.Where(property => property.IsIndexed && ColumnFormat.Get(property.Type).IsIndexable))
        {
            var index = Sql.Quote($"{Name}{Sql.Separator}index{Sql.Separator}{property.StorageName}");
            yield return $"CREATE INDEX {index} ON {Data} ({Sql.Quote(property.StorageName)})";
        }

        foreach (var property in _model.VectorProperties)
        {
            yield return $"CREATE TABLE {VectorsOf(property)} ({Id} INTEGER PRIMARY KEY, {Vector} BLOB NOT NULL)";
        }

        var removals = string.Concat(
            _model.VectorProperties.Select(property => $"DELETE FROM {VectorsOf(property)} WHERE {Id} = old.{Id}; "));
        if (FullTextProperties.Count > 0)
        {
            var texts = string.Join(", ", FullTextProperties.Select(property => Sql.Quote(FullTextColumn(property))));
            var tokenizer = _tokenizer.Replace("'", "''", StringComparison.Ordinal);
            yield return $"CREATE VIRTUAL TABLE {FullText} USING fts5({texts}, content='', contentless_delete=1, tokenize='{tokenizer}')";
            removals += $"DELETE FROM {FullText} WHERE rowid = old.{Id}; ";
        }

        var trigger = Sql.Quote($"{Name}{Sql.Separator}removed");
        yield return $"CREATE TRIGGER {trigger} AFTER DELETE ON {Data} BEGIN {removals}{Catalog.CountRemoval(collectionId)}; END";
    }

    /// <summary>Returns the statements that drop the tables of a collection.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="tables">The names of all tables of the file.</param>
    public static IEnumerable<string> DropStatements(string name, IEnumerable<string> tables)
    {
        var vectors = $"{name}{Sql.Separator}vector{Sql.Separator}";
        foreach (var table in tables.Where(table => table.StartsWith(vectors, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"DROP TABLE IF EXISTS {Sql.Quote(table)}";
        }

        yield return $"DROP TABLE IF EXISTS {FullTextTable(name)}";
        yield return $"DROP TABLE IF EXISTS {Sql.Quote(name)}";
    }

    /// <summary>Rejects properties that would have the same column or table, because SQLite ignores the case of names.</summary>
    private static void CheckDifferent(IEnumerable<PropertyModel> properties)
    {
        var known = new Dictionary<string, PropertyModel>();
        foreach (var property in properties)
        {
            if (!known.TryAdd(Sql.Fold(property.StorageName), property))
            {
                var other = known[Sql.Fold(property.StorageName)];
                throw new ArgumentException(
                    $"The storage names '{other.StorageName}' and '{property.StorageName}' of the properties '{other.ModelName}' and "
                    + $"'{property.ModelName}' differ by case only, which SQLite ignores. Set another StorageName for one of them.");
            }
        }
    }

    private static string Column(PropertyModel property) => $"{Sql.Quote(property.StorageName)} {ColumnFormat.Get(property.Type).Affinity}";

    private static string VectorTable(string name, string column) => Sql.Quote($"{name}{Sql.Separator}vector{Sql.Separator}{column}");

    private static string FullTextTable(string name) => Sql.Quote($"{name}{Sql.Separator}text");
}
