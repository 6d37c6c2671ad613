using Jina.VectorData.Sqlite.Columns;

namespace Jina.VectorData.Sqlite.Filters;

/// <summary>One side of a comparison: a column, an element of one, or a value.</summary>
/// <param name="Sql">The SQL that names it.</param>
/// <param name="Format">How it is stored; null for the value null, which has no type.</param>
/// <param name="IsCollection">Whether it is a stored array or list.</param>
internal sealed record FilterOperand(string Sql, ScalarFormat? Format, bool IsCollection = false)
{
    public const string Null = "NULL";

    public bool IsNull => Format is null;

    /// <summary>The SQL with the collation that orders such values.</summary>
    public string Comparable => Format is null || IsCollection ? Sql : Format.Collate(Sql);

    /// <summary>Whether SQLite compares the two as .NET does.</summary>
    public bool IsComparableTo(FilterOperand other) =>
        IsNull || other.IsNull || (IsCollection == other.IsCollection && (Format == other.Format || (Format!.IsNumber && other.Format!.IsNumber)));
}
