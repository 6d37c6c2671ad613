using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Jina.VectorData.Sqlite.Columns;

/// <summary>Orders decimals by value; they are stored as text to stay exact.</summary>
/// <remarks>The collation is used in queries only, never in a table's definition, so that other programs can read the file.</remarks>
internal static class DecimalCollation
{
    public const string Name = "VECTORDATA_DECIMAL";

    public static void AddTo(SqliteConnection connection) => connection.CreateCollation(Name, Compare);

    private static int Compare(string left, string right) =>
        decimal.Compare(decimal.Parse(left, CultureInfo.InvariantCulture), decimal.Parse(right, CultureInfo.InvariantCulture));
}
