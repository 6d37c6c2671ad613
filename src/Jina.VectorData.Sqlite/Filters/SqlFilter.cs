namespace Jina.VectorData.Sqlite.Filters;

/// <summary>A condition over the data table, which statements call <see cref="Table"/>.</summary>
/// <param name="Sql">The condition; every value in it is a parameter.</param>
/// <param name="Parameters">The values of $1, $2, … .</param>
internal sealed record SqlFilter(string Sql, IReadOnlyList<object> Parameters)
{
    /// <summary>The alias of the data table.</summary>
    public const string Table = "d";

    /// <summary>The condition that every row meets.</summary>
    public static SqlFilter All { get; } = new("1", []);
}
