namespace Jina.VectorData.Sqlite.Filters;

/// <summary>Represents a condition on the rows of the data table, which has the alias <see cref="Table"/> in all statements.</summary>
/// <param name="Sql">The condition. All values in it are parameters.</param>
/// <param name="Parameters">The values of $1, $2, … .</param>
internal sealed record SqlFilter(string Sql, IReadOnlyList<object> Parameters)
{
    /// <summary>The alias of the data table.</summary>
    public const string Table = "d";

    /// <summary>Gets the condition that every row meets.</summary>
    public static SqlFilter All { get; } = new("1", []);
}
