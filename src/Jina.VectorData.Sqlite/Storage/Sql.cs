using Jina.VectorData.Sqlite.Columns;
using Microsoft.Data.Sqlite;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Quotes names and executes statements. Parameters are named $1, $2, … in order.</summary>
internal static class Sql
{
    /// <summary>Separates the parts of the names of a collection's inner tables and columns, which users cannot choose.</summary>
    public const string Separator = "::";

    /// <summary>Quotes a name, which can contain any character.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Returns a form of a name that is equal for names that SQLite does not distinguish. It ignores the case of A to Z.</summary>
    public static string Fold(string name) =>
        string.Concat(name.Select(letter => char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : letter));

    /// <summary>Returns a name that users chose, or rejects it if SQLite or this store reserves it.</summary>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    public static string CheckName(string name, string kind)
    {
        var fault = name switch
        {
            _ when string.IsNullOrWhiteSpace(name) => "is empty",
            _ when name.Contains(Separator, StringComparison.Ordinal) => $"contains '{Separator}', which is reserved for this store",
            _ when StartsWith(name, "sqlite_") => "starts with 'sqlite_', which is reserved for SQLite",
            _ when StartsWith(name, Catalog.Prefix) => $"starts with '{Catalog.Prefix}', which is reserved for this store",
            _ when name.Contains('\0') => "contains a NUL character",
            _ when !Utf8.IsValid(name) => Utf8.Fault,
            _ => null,
        };
        return fault is null ? name : throw new ArgumentException($"The {kind} '{name}' {fault}. Choose another name.", nameof(name));

        static bool StartsWith(string name, string prefix) => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
    }

    public static SqliteCommand Command(this SqliteConnection connection, string sql, params ReadOnlySpan<object> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", parameters[i]);
        }

        return command;
    }

    public static void Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<object> parameters)
    {
        using var command = connection.Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    public static void ExecuteAll(this SqliteConnection connection, IEnumerable<string> statements)
    {
        foreach (var statement in statements)
        {
            connection.Execute(statement);
        }
    }

    /// <summary>Determines whether the file has a table with exactly this name.</summary>
    public static bool HasTable(this SqliteConnection connection, string name) =>
        connection.Scalar("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1", name) is not null;

    /// <summary>Returns the names of all tables of the file.</summary>
    public static IReadOnlyList<string> TableNames(this SqliteConnection connection) =>
        connection.Query("SELECT name FROM sqlite_master WHERE type = 'table'", row => row.GetString(0));

    /// <summary>Returns the first value, or <see langword="null"/> if the result has no row or the value is NULL.</summary>
    public static object? Scalar(this SqliteConnection connection, string sql, params ReadOnlySpan<object> parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteScalar() is var value and not DBNull ? value : null;
    }

    public static List<T> Query<T>(
        this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object> parameters)
    {
        using var command = connection.Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
