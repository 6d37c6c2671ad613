using System.Globalization;
using Microsoft.Data.Sqlite;
using RagConsole.Passages;

namespace RagConsole.Tests.Updating;

/// <summary>Reads everything in a database that a fresh ingest of the same files determines.</summary>
internal static class DatabaseState
{
    /// <summary>Returns one line per document and passage, including those that are incomplete or left over.</summary>
    public static IReadOnlyList<string> Read(string database)
    {
        using var connection = new SqliteConnection(Library.GetConnectionString(database, SqliteOpenMode.ReadOnly));
        connection.Open();
        return
        [
            .. Query(connection, "SELECT Source, Root, Hash, Version, Passages, IsChanging, Problem, Model FROM files ORDER BY Source"),
            .. Query(connection, "SELECT Key, Source, Root, File, Title, StartLine, EndLine, Text FROM passages ORDER BY Key"),
            .. Query(connection, "SELECT Root, Name, NotListed FROM collections ORDER BY Root"),
        ];
    }

    private static IEnumerable<string> Query(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var values = Enumerable.Range(0, reader.FieldCount)
                .Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture));
            yield return string.Join(" | ", values).Replace("\n", "\\n", StringComparison.Ordinal);
        }
    }
}
