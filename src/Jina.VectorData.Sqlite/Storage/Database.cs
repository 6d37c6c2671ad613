using Jina.VectorData.Sqlite.Columns;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;
using static SQLitePCL.raw;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Represents a database file. Opens a connection and a transaction for each operation, one writer at a time.</summary>
/// <remarks>
/// SQLite has no asynchronous input and output, so the work runs on the thread pool. With the write-ahead log, any number of
/// readers can work while one writer does, in this process or another. Safe for concurrent use.
/// </remarks>
internal sealed class Database : IDisposable
{
    /// <summary>Several vectors fit in a page of this size. In the default of 4 KiB, a vector of 512 dimensions wastes half.</summary>
    private const int PageSize = 16384;

    private readonly SqliteConnectionStringBuilder _connectionString;
    private readonly SqliteConnection? _memory;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private bool _disposed;

    /// <param name="connectionString">A connection string of Microsoft.Data.Sqlite.</param>
    /// <exception cref="ArgumentException">The connection string is not valid.</exception>
    public Database(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        _connectionString = new SqliteConnectionStringBuilder(connectionString);
        Name = _connectionString.DataSource;
        if (_connectionString.DataSource is ":memory:" or "")
        {
            // Each connection to ":memory:" has its own database. A shared one exists for as long as one connection is open.
            _connectionString.DataSource = $"vectordata-{Guid.NewGuid():N}";
            _connectionString.Mode = SqliteOpenMode.Memory;
            _connectionString.Cache = SqliteCacheMode.Shared;
            _memory = new SqliteConnection(_connectionString.ToString());
            _memory.Open();
        }
    }

    /// <summary>Gets the path as the connection string gives it.</summary>
    public string Name { get; }

    /// <summary>Runs work in a transaction that sees one state of the file.</summary>
    /// <exception cref="VectorStoreException">The database failed. The message gives the reason.</exception>
    public Task<T> ReadAsync<T>(Operation operation, Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Task.Run(() => Run(operation, work, write: false), cancellationToken);
    }

    /// <summary>Runs work in a transaction that is committed as a whole or, if the work fails, rolled back.</summary>
    /// <exception cref="VectorStoreException">The database failed. The message gives the reason.</exception>
    public async Task<T> WriteAsync<T>(Operation operation, Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Run(operation, work, write: true), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writer.Release();
        }
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _memory?.Dispose();

            // Pooled connections keep the file open.
            using var connection = new SqliteConnection(_connectionString.ToString());
            SqliteConnection.ClearPool(connection);
        }
    }

    private T Run<T>(Operation operation, Func<SqliteConnection, T> work, bool write)
    {
        try
        {
            using var connection = new SqliteConnection(_connectionString.ToString());
            connection.Open();
            DecimalCollation.AddTo(connection);
            DateTimeText.AddTo(connection);
            if (write)
            {
                PrepareToWrite(connection);
            }

            using var transaction = connection.BeginTransaction(deferred: !write);
            var result = work(connection);
            if (write)
            {
                transaction.Commit();
            }

            return result;
        }
        catch (SqliteException error)
        {
            throw operation.Failure(Describe(error), error);
        }
        catch (UnknownLayoutException error)
        {
            throw operation.Failure($"The database '{Name}' cannot be used. {error.Message}", error);
        }
    }

    private static void PrepareToWrite(SqliteConnection connection)
    {
        // Both statements take effect while the file is empty, and change nothing later.
        connection.Execute($"PRAGMA page_size = {PageSize}");
        connection.Execute("PRAGMA journal_mode = WAL");

        // In this mode a commit survives the death of the process. The last commits can be lost in a power failure.
        connection.Execute("PRAGMA synchronous = NORMAL");
    }

    private string Describe(SqliteException error) => error.SqliteErrorCode switch
    {
        SQLITE_BUSY or SQLITE_LOCKED =>
            $"The database '{Name}' is locked: another program has been writing to it for {_connectionString.DefaultTimeout} s. "
            + "Nothing was changed. Try again, or raise 'Default Timeout' in the connection string.",
        SQLITE_READONLY =>
            $"The database '{Name}' is read-only, but this operation writes to it. Nothing was changed. "
            + "Allow this process to write to the file and its folder, or open another file.",
        SQLITE_NOTADB =>
            $"The file '{Name}' is not a SQLite database. It was not changed. Use another file name.",
        SQLITE_CORRUPT =>
            $"The database '{Name}' is damaged ({error.Message}). Restore a backup, or delete the file and store the records again.",
        SQLITE_FULL =>
            $"The disk of the database '{Name}' is full. Nothing of this batch was stored, and earlier records are unharmed. "
            + "Free some space and try again.",
        SQLITE_CANTOPEN =>
            $"The database '{Name}' cannot be opened. Its folder must exist, and this process must be allowed to read it "
            + "and, for a new file, to write to it.",
        SQLITE_IOERR =>
            $"Reading or writing the database '{Name}' failed ({error.Message}). Nothing of this batch was stored. "
            + "Check the disk and try again.",
        _ => $"The database '{Name}' failed: {error.Message}",
    };
}
