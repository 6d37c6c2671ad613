using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Says what a failure of SQLite means to the user of a store.</summary>
internal static class DatabaseFailure
{
    /// <param name="error">The failure.</param>
    /// <param name="path">The database.</param>
    /// <param name="timeoutSeconds">How long a locked database is waited for.</param>
    public static string Describe(Exception error, string path, int timeoutSeconds) => error is not SqliteException failure
        ? $"The database '{path}' cannot be used. {error.Message}"
        : failure.SqliteErrorCode switch
        {
            SQLITE_BUSY or SQLITE_LOCKED => $"The database '{path}' is locked: another program has been writing to it for {timeoutSeconds} s. Nothing was changed. Try again, or raise 'Default Timeout' in the connection string.",
            SQLITE_READONLY => $"The database '{path}' is read-only, and this needs to write to it. Nothing was changed. Allow this process to write to the file and its folder, or open another file.",
            SQLITE_NOTADB => $"The file '{path}' is not a SQLite database. It was left as it is. Name another file.",
            SQLITE_CORRUPT => $"The database '{path}' is damaged ({failure.Message}). Restore a copy, or delete the file and fill it again.",
            SQLITE_FULL => $"The disk of the database '{path}' is full. Nothing of this batch was stored, what was there before is unharmed. Free some space and try again.",
            SQLITE_CANTOPEN => $"The database '{path}' cannot be opened. Its folder must exist, and this process must be allowed to read it and, for a new file, to write to it.",
            SQLITE_IOERR => $"Reading or writing the database '{path}' failed ({failure.Message}). Nothing of this batch was stored.",
            _ => $"The database '{path}' failed: {failure.Message}",
        };
}
