using System.Text.Json;

namespace Jina.VectorData.Sqlite.Columns;

/// <summary>How values of one .NET type are stored in SQLite.</summary>
/// <param name="type">The .NET type.</param>
/// <param name="affinity">The column type: INTEGER, REAL, TEXT or BLOB.</param>
/// <param name="collation">The collation that orders the stored text as .NET orders the values; null for byte order.</param>
internal abstract class ScalarFormat(Type type, string affinity, string? collation)
{
    public Type Type { get; } = type;

    public string Affinity { get; } = affinity;

    public string? Collation { get; } = collation;

    /// <summary>Whether values compare with other numbers as numbers.</summary>
    public bool IsNumber => Affinity is "INTEGER" or "REAL";

    /// <summary>Returns SQL for such a value with the collation that orders it.</summary>
    public string Collate(string sql) => Collation is null ? sql : $"{sql} COLLATE {Collation}";

    /// <summary>Returns a long, double, string or byte array.</summary>
    public abstract object Encode(object value);

    /// <summary>Returns the value that <see cref="Encode"/> made the stored one from.</summary>
    public abstract object Decode(object stored);

    /// <summary>Reads a JSON array of stored values as a list or an array of the .NET type.</summary>
    public abstract object DecodeMany(JsonElement array, bool asList);
}
