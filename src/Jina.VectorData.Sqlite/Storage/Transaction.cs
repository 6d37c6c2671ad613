using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Represents a transaction, which is rolled back unless it is committed.</summary>
/// <remarks>
/// A failed or interrupted statement can end a transaction, so SQLite is asked whether there is one. The statements here return
/// at once if the file is locked; the ADO.NET provider would wait without noticing a cancellation.
/// </remarks>
internal sealed class Transaction : IDisposable
{
    /// <summary>Several vectors fit in a page of this size. In the default of 4 KiB, a vector of 512 dimensions wastes half.</summary>
    private const int PageSize = 16384;

    /// <summary>
    /// The memory for pages: 8 MiB, which hold a batch of 1,000 vectors of 512 dimensions with their codes. A page that leaves it within a
    /// transaction is written twice.
    /// </summary>
    private const int CacheKilobytes = 8192;

    /// <summary>
    /// The pages of the log that are copied to the file at once: 64 MB. With more of them, more changes of the same page are copied once.
    /// </summary>
    private const int LogPages = 4000;

    /// <summary>
    /// The first two statements take effect while the file is empty, and change nothing later. With NORMAL, a commit survives the
    /// death of the process. The last commits can be lost in a power failure.
    /// </summary>
    private static readonly string BeginWriting =
        $"PRAGMA page_size = {PageSize}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; "
        + $"PRAGMA cache_size = -{CacheKilobytes}; PRAGMA wal_autocheckpoint = {LogPages}; BEGIN IMMEDIATE";

    private readonly SqliteConnection _connection;

    private Transaction(SqliteConnection connection) => _connection = connection;

    private bool IsOpen => sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>Begins a transaction that sees one state of the file: that of its first read.</summary>
    /// <exception cref="SqliteException">The file is locked or cannot be used.</exception>
    public static Transaction Begin(SqliteConnection connection, bool write)
    {
        var transaction = new Transaction(connection);
        try
        {
            transaction.Execute(write ? BeginWriting : "BEGIN");
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    public void Commit() => Execute("COMMIT");

    public void Dispose()
    {
        if (IsOpen)
        {
            sqlite3_exec(_connection.Handle, "ROLLBACK");
        }
    }

    private void Execute(string sql) =>
        SqliteException.ThrowExceptionForRC(sqlite3_exec(_connection.Handle, sql), _connection.Handle);
}
