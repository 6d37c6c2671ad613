using Jina.VectorData.Sqlite.Columns;
using Microsoft.Data.Sqlite;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>A database file: hands out connections, one transaction at a time to writers.</summary>
/// <remarks>
/// SQLite has no asynchronous input and output, so the work runs on the thread pool. The write-ahead log lets any number
/// of readers go on beside one writer, in this process or another. Safe for concurrent use.
/// </remarks>
internal sealed class Database : IDisposable
{
    /// <summary>Room for several vectors in a page; of the default 4 KiB, a vector of 512 dimensions wastes half.</summary>
    private const int PageSize = 16384;

    private readonly SqliteConnectionStringBuilder _connectionString;
    private readonly SqliteConnection? _memory;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private bool _disposed;

    /// <param name="connectionString">A connection string of Microsoft.Data.Sqlite.</param>
    /// <exception cref="ArgumentException">The string is none.</exception>
    public Database(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        _connectionString = new SqliteConnectionStringBuilder(connectionString);
        Name = _connectionString.DataSource;
        if (_connectionString.DataSource is ":memory:" or "")
        {
            // Every connection to ":memory:" has a database of its own; this one is shared, and lives while one is open.
            _connectionString.DataSource = $"vectordata-{Guid.NewGuid():N}";
            _connectionString.Mode = SqliteOpenMode.Memory;
            _connectionString.Cache = SqliteCacheMode.Shared;
            _memory = new SqliteConnection(_connectionString.ToString());
            _memory.Open();
        }
    }

    /// <summary>The path as the connection string gives it.</summary>
    public string Name { get; }

    /// <summary>Runs work in a transaction that sees one state of the file.</summary>
    /// <exception cref="Microsoft.Extensions.VectorData.VectorStoreException">The database failed; the message says how.</exception>
    public Task<T> ReadAsync<T>(Operation operation, Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Task.Run(() => Run(operation, work, write: false), cancellationToken);
    }

    /// <summary>Runs work in a transaction that is committed as a whole, or, when the work fails, not at all.</summary>
    /// <exception cref="Microsoft.Extensions.VectorData.VectorStoreException">The database failed; the message says how.</exception>
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
        catch (Exception error) when (error is SqliteException or UnknownLayoutException)
        {
            throw operation.Failure(DatabaseFailure.Describe(error, Name, _connectionString.DefaultTimeout), error);
        }
    }

    private static void PrepareToWrite(SqliteConnection connection)
    {
        // Both take effect where the file is still empty, and change nothing later.
        connection.Execute($"PRAGMA page_size = {PageSize}");
        connection.Execute("PRAGMA journal_mode = WAL");

        // In this mode a commit survives the death of the process; the last ones may be missing after a power cut.
        connection.Execute("PRAGMA synchronous = NORMAL");
    }
}
