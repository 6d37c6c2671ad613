using Jina.VectorData.Sqlite.Columns;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>The tables of a collection, and the statements that make and drop them.</summary>
/// <remarks>
/// The keys and data stand in a table of the collection's name, each vector property in a table of its own, so that a
/// filter reads no vectors; the full-text index holds no copy of the texts. All share the id of the row. A trigger keeps
/// them together when a row goes, also when another program deletes it.
/// </remarks>
internal sealed class CollectionTables
{
    /// <summary>The column that ties a collection's tables together.</summary>
    public static readonly string Id = SqlName.Quote($"{SqlName.Separator}id");

    /// <summary>The column of the vectors.</summary>
    public const string Vector = "vector";

    private readonly string _name;
    private readonly CollectionModel _model;
    private readonly string _tokenizer;

    /// <param name="name">The collection's name.</param>
    /// <param name="model">Its properties.</param>
    /// <param name="tokenizer">The tokenizer of the full-text index, as FTS5 spells it.</param>
    public CollectionTables(string name, CollectionModel model, string tokenizer)
    {
        (_name, _model, _tokenizer) = (SqlName.Check(name, "collection name"), model, tokenizer);
        foreach (var property in model.Properties)
        {
            SqlName.Check(property.StorageName, "storage name");
        }

        Data = SqlName.Quote(name);
        FullText = TextTableOf(name);
        FullTextProperties = [.. model.DataProperties.Where(property => property.IsFullTextIndexed)];
    }

    /// <summary>The table of the keys and data, quoted.</summary>
    public string Data { get; }

    /// <summary>The full-text index, quoted; there is one only for a model with such properties.</summary>
    public string FullText { get; }

    public IReadOnlyList<DataPropertyModel> FullTextProperties { get; }

    /// <summary>The table of a vector property, quoted.</summary>
    public string VectorsOf(VectorPropertyModel property) => VectorTableOf(_name, property.StorageName);

    /// <summary>The columns of the keys and data, the key first.</summary>
    public IEnumerable<PropertyModel> Columns() => [_model.KeyProperty, .. _model.DataProperties];

    /// <summary>Returns the statements that make the tables.</summary>
    /// <param name="collectionId">The collection's id in the catalog.</param>
    public IEnumerable<string> Create(long collectionId)
    {
        var columns = _model.DataProperties.Select(property => $", {SqlName.Quote(property.StorageName)} {ColumnFormat.Get(property.Type).Affinity}");
        var key = _model.KeyProperty;
        yield return $"CREATE TABLE {Data} ({Id} INTEGER PRIMARY KEY, {SqlName.Quote(key.StorageName)} {ColumnFormat.Get(key.Type).Affinity} NOT NULL UNIQUE{string.Concat(columns)})";
        foreach (var property in _model.DataProperties.Where(property => property.IsIndexed && ColumnFormat.Get(property.Type).IsIndexable))
        {
            yield return $"CREATE INDEX {SqlName.Quote($"{_name}{SqlName.Separator}index{SqlName.Separator}{property.StorageName}")} ON {Data} ({SqlName.Quote(property.StorageName)})";
        }

        foreach (var property in _model.VectorProperties)
        {
            yield return $"CREATE TABLE {VectorsOf(property)} ({Id} INTEGER PRIMARY KEY, {Vector} BLOB NOT NULL)";
        }

        var removals = _model.VectorProperties.Select(property => $"DELETE FROM {VectorsOf(property)} WHERE {Id} = old.{Id}; ");
        if (FullTextProperties.Count > 0)
        {
            var texts = string.Join(", ", FullTextProperties.Select(property => SqlName.Quote(property.StorageName)));
            yield return $"CREATE VIRTUAL TABLE {FullText} USING fts5({texts}, content='', contentless_delete=1, tokenize='{_tokenizer.Replace("'", "''", StringComparison.Ordinal)}')";
            removals = removals.Append($"DELETE FROM {FullText} WHERE rowid = old.{Id}; ");
        }

        yield return $"CREATE TRIGGER {SqlName.Quote($"{_name}{SqlName.Separator}removed")} AFTER DELETE ON {Data} BEGIN {string.Concat(removals)}{Catalog.CountRemoval(collectionId)}; END";
    }

    /// <summary>Returns the statements that drop the tables of a collection as it was created.</summary>
    public static IEnumerable<string> Drop(string name, CollectionDefinition definition)
    {
        foreach (var vector in definition.Vectors)
        {
            yield return $"DROP TABLE IF EXISTS {VectorTableOf(name, vector.Column)}";
        }

        yield return $"DROP TABLE IF EXISTS {TextTableOf(name)}";
        yield return $"DROP TABLE IF EXISTS {SqlName.Quote(name)}";
    }

    private static string VectorTableOf(string name, string column) => SqlName.Quote($"{name}{SqlName.Separator}vector{SqlName.Separator}{column}");

    private static string TextTableOf(string name) => SqlName.Quote($"{name}{SqlName.Separator}text");
}
