using System.Diagnostics;
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
    /// <summary>The pause after which an operation tries a locked file again.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(20);

    private readonly SqliteConnectionStringBuilder _connectionString;
    private readonly DatabaseFile _file;
    private readonly SqliteConnection? _memory;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly IdleCheckpoint _checkpoint;
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

        _file = new DatabaseFile(_connectionString);
        _checkpoint = new IdleCheckpoint(_file, _writer);
    }

    /// <summary>Gets the path as the connection string gives it.</summary>
    public string Name { get; }

    /// <summary>Runs work in a transaction that sees one state of the file. The work can run more than once.</summary>
    /// <exception cref="VectorStoreException">The database failed. The message gives the reason.</exception>
    public Task<T> ReadAsync<T>(Operation operation, Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Task.Run(() => Run(operation, work, write: false, cancellationToken), cancellationToken);
    }

    /// <summary>Runs work in a transaction that is committed as a whole or, if the work fails, rolled back.</summary>
    /// <exception cref="VectorStoreException">The database failed. The message gives the reason.</exception>
    public async Task<T> WriteAsync<T>(Operation operation, Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Run(operation, work, write: true, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writer.Release();
            _checkpoint.Schedule();
        }
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _checkpoint.Dispose();
            _memory?.Dispose();

            // Pooled connections keep the file open.
            _file.ClearPool();
        }
    }

    private T Run<T>(Operation operation, Func<SqliteConnection, T> work, bool write, CancellationToken cancellationToken)
    {
        try
        {
            var clock = Stopwatch.StartNew();
            T result;
            while (!TryRun(work, write, clock, out result, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            return result;
        }
        catch (SqliteException error) when (cancellationToken.IsCancellationRequested && IsInterrupt(error))
        {
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
        catch (SqliteException error)
        {
            throw operation.Failure(DatabaseFailure.Describe(error, _file, Name, _connectionString.DefaultTimeout, write), error);
        }
        catch (DamagedDatabaseException error)
        {
            throw operation.Failure($"The database '{Name}' is damaged. {error.Message}", error);
        }
        catch (Exception error) when (error is UnknownLayoutException or ReplacedFileException or UnreadableLogException)
        {
            throw operation.Failure($"The database '{Name}' cannot be used. {error.Message}", error);
        }
    }

    /// <summary>Runs work once.</summary>
    /// <returns><see langword="false"/> if the work must be run again.</returns>
    private bool TryRun<T>(
        Func<SqliteConnection, T> work, bool write, Stopwatch clock, out T result, CancellationToken cancellationToken)
    {
        // A writer that has its transaction has the only lock that it needs.
        var canRetry = true;
        result = default!;
        try
        {
            using var connection = _file.Open(write);
            using var transaction = Begin(connection, write);
            canRetry = !write;
            using (new Interruption(connection.Handle!, cancellationToken))
            {
                result = work(connection);
            }

            if (write)
            {
                transaction.Commit();
                _file.Note(connection);
            }

            return write || !_file.HasChanged(connection);
        }
        catch (SqliteException error) when (canRetry && IsLocked(error) && !HasWaited(clock))
        {
            cancellationToken.WaitHandle.WaitOne(RetryPause);
            return false;
        }
        catch (SqliteException error) when (!write && error.SqliteErrorCode is SQLITE_CANTOPEN or SQLITE_READONLY)
        {
            if (!_file.TryReadAsImmutable())
            {
                throw;
            }

            return false;
        }
    }

    private Transaction Begin(SqliteConnection connection, bool write)
    {
        // A read waits for locks in the loop of Run, where it can be canceled. 0 would be without limit.
        connection.DefaultTimeout = write ? _connectionString.DefaultTimeout : 1;
        DecimalCollation.AddTo(connection);
        DateTimeText.AddTo(connection);
        return Transaction.Begin(connection, write);
    }

    private bool HasWaited(Stopwatch clock) =>
        _connectionString.DefaultTimeout > 0 && clock.Elapsed >= TimeSpan.FromSeconds(_connectionString.DefaultTimeout);

    /// <summary>Determines whether a statement was interrupted, which ALTER TABLE reports as an error in some trigger or view.</summary>
    private static bool IsInterrupt(SqliteException error) => error.SqliteErrorCode is SQLITE_INTERRUPT
        || (error.SqliteErrorCode == SQLITE_ERROR && error.Message.Contains("interrupted", StringComparison.Ordinal));

    private static bool IsLocked(SqliteException error) => error.SqliteErrorCode is SQLITE_BUSY or SQLITE_LOCKED;
}
