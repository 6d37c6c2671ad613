namespace Jina.VectorData.Sqlite.Search;

/// <summary>A row and how well it matches.</summary>
internal readonly record struct Hit(long Id, double Score);
