using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Describes a failure of the database for a user: what happened, what was lost, and what to do.</summary>
internal static class DatabaseFailure
{
    /// <param name="error">The failure.</param>
    /// <param name="file">The file.</param>
    /// <param name="name">The path as the connection string gives it.</param>
    /// <param name="timeout">The seconds for which an operation waits for a lock.</param>
    /// <param name="write">Whether the operation writes.</param>
    public static string Describe(SqliteException error, DatabaseFile file, string name, int timeout, bool write) =>
        error.SqliteErrorCode switch
        {
            SQLITE_BUSY or SQLITE_LOCKED =>
                $"The database '{name}' is locked: another program has been writing to it for {timeout} s. "
                + "Nothing was changed. Try again, or raise 'Default Timeout' in the connection string.",
            SQLITE_READONLY => ReadOnly(name, write),
            SQLITE_NOTADB =>
                $"The file '{name}' is not a SQLite database. It was not changed. Use another file name.",
            SQLITE_CORRUPT =>
                $"The database '{name}' is damaged ({error.Message}). Restore a backup, or delete the file and store the records again.",
            SQLITE_FULL =>
                $"The disk of the database '{name}' is full. Nothing of this batch was stored, and earlier records are unharmed. "
                + "Free some space and try again.",
            SQLITE_CANTOPEN when file.HasContent => ReadOnly(name, write),
            SQLITE_CANTOPEN =>
                $"The database '{name}' cannot be opened. Its folder must exist, and this process must be allowed to read it "
                + "and, for a new file, to write to it.",
            SQLITE_IOERR =>
                $"Reading or writing the database '{name}' failed ({error.Message}). Nothing of this batch was stored. "
                + "Check the disk and try again.",
            SQLITE_ERROR when error.Message.Contains("no such table", StringComparison.Ordinal)
                || error.Message.Contains("no such column", StringComparison.Ordinal) =>
                $"The database '{name}' lacks a table or column that its catalog lists ({error.Message}). "
                + "Restore a backup, or delete the collection and store its records again.",
            _ => $"The database '{name}' failed: {error.Message}",
        };

    private static string ReadOnly(string name, bool write) => write
        ? $"The database '{name}' is read-only, but this operation writes to it. Nothing was changed. "
            + "Allow this process to write to the file and its folder, or open another file."
        : $"The database '{name}' exists, but this process cannot read it. "
            + "Allow this process to read the file, its log '-wal' and its index '-shm', and to enter the folder.";
}
