using Jina.VectorData.Sqlite.Columns;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Names the tables of a collection, and returns the statements that create and drop them.</summary>
/// <remarks>
/// The keys and data are in a table with the collection's name. Each vector property has its own table, so that filters do
/// not read vectors, and one with the int8 codes of the vectors, so that a search does not read them either. The full-text index
/// does not copy the texts. All tables share the row's ID. Triggers remove a deleted row from all of them, and the code of a changed
/// vector, even if another program deleted or changed it.
/// </remarks>
internal sealed class CollectionTables
{
    /// <summary>The column, quoted, that all tables of a collection share.</summary>
    public static readonly string Id = Sql.Quote($"{Sql.Separator}id");

    /// <summary>The column of the vectors.</summary>
    public const string Vector = "vector";

    /// <summary>The column of the int8 codes.</summary>
    public const string Code = "code";

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

    private string NextTrigger => Sql.Quote($"{Name}{Sql.Separator}next");

    /// <summary>Returns the table of a vector property, quoted.</summary>
    public string VectorsOf(VectorPropertyModel property) => Sql.Quote(VectorPrefix(Name) + property.StorageName);

    /// <summary>Returns the table of the vectors that will replace those of a vector property, quoted.</summary>
    public string NextVectorsOf(VectorPropertyModel property) => Sql.Quote(NextPrefix(Name) + property.StorageName);

    /// <summary>Returns the table of the int8 codes of a vector property, quoted.</summary>
    public string CodesOf(VectorPropertyModel property) => Sql.Quote(CodesNameOf(property));

    /// <summary>Returns the name of the table of the int8 codes of a vector property.</summary>
    /// <remarks>Older versions drop this table together with the vectors, because its name starts with the same prefix.</remarks>
    public string CodesNameOf(VectorPropertyModel property) => $"{VectorPrefix(Name)}{property.StorageName}{Sql.Separator}int8";

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
            yield return CreateVectorTable(VectorsOf(property));
        }

        if (FullTextProperties.Count > 0)
        {
            var texts = string.Join(", ", FullTextProperties.Select(property => Sql.Quote(FullTextColumn(property))));
            var tokenizer = _tokenizer.Replace("'", "''", StringComparison.Ordinal);
            yield return $"CREATE VIRTUAL TABLE {FullText} USING fts5({texts}, content='', contentless_delete=1, tokenize='{tokenizer}')";
        }

        foreach (var statement in _model.VectorProperties.SelectMany(CreateCodeStatements).Concat(CreateTriggerStatements(collectionId)))
        {
            yield return statement;
        }
    }

    /// <summary>Returns the statements that create an empty table of int8 codes, instead of an existing one.</summary>
    public IEnumerable<string> CreateCodeStatements(VectorPropertyModel property)
    {
        var (vectors, codes) = (VectorsOf(property), CodesOf(property));
        yield return $"DROP TABLE IF EXISTS {codes}";
        yield return $"CREATE TABLE {codes} ({Id} INTEGER PRIMARY KEY, {Code} BLOB NOT NULL)";
        foreach (var (change, ids) in new[] { ("DELETE", $"old.{Id}"), ("UPDATE", $"old.{Id}, new.{Id}") })
        {
            var trigger = Sql.Quote($"{CodesNameOf(property)}{Sql.Separator}{change}");
            yield return $"DROP TRIGGER IF EXISTS {trigger}";
            yield return $"CREATE TRIGGER {trigger} AFTER {change} ON {vectors} BEGIN DELETE FROM {codes} WHERE {Id} IN ({ids}); END";
        }
    }

    /// <summary>Returns the statements that create the trigger of removed rows, instead of an existing one.</summary>
    /// <param name="collectionId">The collection's ID in the catalog.</param>
    public IEnumerable<string> CreateTriggerStatements(long collectionId)
    {
        var trigger = Sql.Quote($"{Name}{Sql.Separator}removed");
        var removals = string.Concat(
            _model.VectorProperties.Select(property => $"DELETE FROM {VectorsOf(property)} WHERE {Id} = old.{Id}; "));
        if (FullTextProperties.Count > 0)
        {
            removals += $"DELETE FROM {FullText} WHERE rowid = old.{Id}; ";
        }

        yield return $"DROP TRIGGER IF EXISTS {trigger}";
        removals += Catalog.ListRemoval(collectionId, $"old.{Id}");
        yield return $"CREATE TRIGGER {trigger} AFTER DELETE ON {Data} BEGIN {removals} END";
    }

    /// <summary>Returns the statements that create the tables of the vectors that will replace those of properties.</summary>
    public IEnumerable<string> CreateNextStatements(IReadOnlyList<VectorPropertyModel> properties)
    {
        foreach (var property in properties)
        {
            yield return CreateVectorTable(NextVectorsOf(property));
        }

        // Another program can use the ID of a removed row again.
        var removals = string.Concat(properties.Select(property => $"DELETE FROM {NextVectorsOf(property)} WHERE {Id} = old.{Id}; "));
        yield return $"CREATE TRIGGER {NextTrigger} AFTER DELETE ON {Data} BEGIN {removals}END";
    }

    /// <summary>Determines whether the file has the tables of <see cref="CreateNextStatements"/>.</summary>
    public bool HasNext(IReadOnlyList<VectorPropertyModel> properties, IReadOnlyList<string> tables) =>
        properties.All(property => tables.Contains(NextPrefix(Name) + property.StorageName));

    /// <summary>Returns the statements that drop everything that <see cref="CreateNextStatements"/> creates, for any properties.</summary>
    /// <param name="tables">The names of all tables of the file.</param>
    public IEnumerable<string> DropNextStatements(IEnumerable<string> tables) =>
        [$"DROP TRIGGER IF EXISTS {NextTrigger}", .. DropWithPrefix(NextPrefix(Name), tables)];

    /// <summary>Returns the statements that replace the vectors of a property, and drop the tables that are derived from them.</summary>
    /// <param name="property">The property.</param>
    /// <param name="tables">The names of all tables of the file.</param>
    public IEnumerable<string> ReplaceStatements(VectorPropertyModel property, IEnumerable<string> tables) =>
    [
        $"DROP TABLE {VectorsOf(property)}",
        .. DropWithPrefix($"{VectorPrefix(Name)}{property.StorageName}{Sql.Separator}", tables),
        $"ALTER TABLE {NextVectorsOf(property)} RENAME TO {VectorsOf(property)}",
    ];

    /// <summary>Returns the statements that drop the tables of a collection.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="tables">The names of all tables of the file.</param>
    public static IEnumerable<string> DropStatements(string name, IReadOnlyList<string> tables) =>
    [
        .. DropWithPrefix(VectorPrefix(name), tables),
        .. DropWithPrefix(NextPrefix(name), tables),
        $"DROP TABLE IF EXISTS {FullTextTable(name)}",
        $"DROP TABLE IF EXISTS {Sql.Quote(name)}",
    ];

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

    private static string CreateVectorTable(string table) => $"CREATE TABLE {table} ({Id} INTEGER PRIMARY KEY, {Vector} BLOB NOT NULL)";

    private static IEnumerable<string> DropWithPrefix(string prefix, IEnumerable<string> tables) => tables
        .Where(table => table.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        .Select(table => $"DROP TABLE IF EXISTS {Sql.Quote(table)}");

    private static string VectorPrefix(string name) => $"{name}{Sql.Separator}vector{Sql.Separator}";

    private static string NextPrefix(string name) => $"{name}{Sql.Separator}next{Sql.Separator}";

    private static string FullTextTable(string name) => Sql.Quote($"{name}{Sql.Separator}text");
}
