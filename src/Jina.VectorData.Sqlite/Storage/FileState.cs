namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Represents what the file system reports about a database file and its write-ahead log, without opening them.</summary>
/// <remarks>Opening and closing the file outside of SQLite would release SQLite's locks on it.</remarks>
/// <param name="Written">The time of the last write.</param>
/// <param name="Length">The length, or -1 if the file does not exist.</param>
internal readonly record struct FileState(DateTime Written, long Length)
{
    public bool Exists => Length >= 0;

    /// <summary>Gets whether the file contains anything.</summary>
    public bool HasContent => Length > 0;

    public static FileState Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileState(file.LastWriteTimeUtc, file.Length) : new FileState(default, -1);
    }

    /// <summary>Returns the path of the write-ahead log of a database.</summary>
    public static string LogOf(string path) => $"{path}-wal";
}
