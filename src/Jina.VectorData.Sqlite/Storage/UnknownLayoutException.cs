namespace Jina.VectorData.Sqlite.Storage;

/// <summary>A file's catalog has a layout that this version of the library does not read.</summary>
internal sealed class UnknownLayoutException(object? found)
    : Exception($"Its tables have the layout {found ?? "unknown"}, and this version of the library reads layout {Catalog.SchemaVersion}. Use the library that wrote the file, or another file.");
