namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Names of tables and columns as SQL text.</summary>
internal static class SqlName
{
    /// <summary>What sets a collection's inner tables and columns apart from those that users name.</summary>
    public const string Separator = "::";

    /// <summary>Quotes a name, whatever it holds.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Refuses the names that SQLite or this store keeps for itself.</summary>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    public static string Check(string name, string what)
    {
        var fault = string.IsNullOrWhiteSpace(name) ? "is empty"
            : name.Contains(Separator, StringComparison.Ordinal) ? $"holds '{Separator}', which this store keeps for itself"
            : name.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase) ? "starts with 'sqlite_', which SQLite keeps for itself"
            : name.StartsWith(Catalog.Prefix, StringComparison.OrdinalIgnoreCase) ? $"starts with '{Catalog.Prefix}', which this store keeps for itself"
            : name.Contains('\0') ? "holds a NUL character"
            : null;
        return fault is null ? name : throw new ArgumentException($"The {what} '{name}' {fault}. Choose another.", nameof(name));
    }
}
