using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Opens connections to a database file, and notices when another program replaces or restores the file.</summary>
/// <remarks>
/// Pooled connections keep the file and some of its pages. If the file is replaced, they would still read and write the old one,
/// so each one is compared with the file on the disk before it is used. Safe for concurrent use.
/// </remarks>
internal sealed class DatabaseFile(SqliteConnectionStringBuilder connectionString)
{
    private readonly Lock _lock = new();
    private readonly string _connectionString = connectionString.ToString();
    private readonly HashSet<sqlite3> _handles = [];

    /// <summary>
    /// The connection string with which SQLite reads the file without its log and locks; <see langword="null"/> while that is not
    /// necessary.
    /// </summary>
    private string? _immutable;

    /// <summary>The absolute path; <see langword="null"/> before the first connection, and for a database in memory.</summary>
    private string? _path;

    /// <summary>The file when a connection was last opened. Only another program or a checkpoint changes it.</summary>
    private FileState? _known;

    /// <summary>Specifies whether the file of <see cref="_known"/> had a log.</summary>
    private bool _hadLog;

    /// <summary>The log that was left when the file was replaced. SQLite would apply it to the new file.</summary>
    private FileState? _foreignLog;

    /// <summary>Opens a connection to the file that is on the disk now.</summary>
    /// <param name="write">Whether the connection will write.</param>
    /// <exception cref="ReplacedFileException">The file was replaced, and the log of the replaced file was left.</exception>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public SqliteConnection Open(bool write)
    {
        lock (_lock)
        {
            var connection = OpenPooled(write);
            try
            {
                if (!IsCurrent(connection))
                {
                    connection.Dispose();
                    ClearPool();
                    connection = OpenPooled(write);
                    Note(connection);
                }

                _handles.RemoveWhere(handle => handle.IsClosed);
                _handles.Add(connection.Handle!);
                return connection;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
    }

    /// <summary>Remembers the file after this process wrote to it, so that the change is not taken for that of another program.</summary>
    public void Note(SqliteConnection connection)
    {
        lock (_lock)
        {
            if (_path is { } path && !NativeFile.HasMoved(connection.Handle!))
            {
                _known = FileState.Of(path);
            }
        }
    }

    /// <summary>Gets whether the file exists and is not empty.</summary>
    public bool HasContent => _path is { } path && FileState.Of(path).HasContent;

    /// <summary>Moves the write-ahead log into the file and empties it, if no other program uses it at the moment.</summary>
    public void Checkpoint()
    {
        // Without a log there is nothing to do, and opening a deleted file would create it again.
        if (_path is { } path && HasContent && FileState.Of(FileState.LogOf(path)).HasContent)
        {
            using var connection = Open(write: true);
            connection.DefaultTimeout = 1;
            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            Note(connection);
        }
    }

    /// <summary>Reads a file in a read-only folder from now on as one that does not change, because SQLite cannot create its log.</summary>
    /// <returns>Whether the next connection can succeed where one failed.</returns>
    /// <exception cref="UnreadableLogException">The file has a log with changes, which would be missing.</exception>
    public bool TryReadAsImmutable()
    {
        lock (_lock)
        {
            if (_path is null || _immutable is not null || !FileState.Of(_path).HasContent)
            {
                return false;
            }

            foreach (var log in new[] { FileState.LogOf(_path), $"{_path}-journal" })
            {
                if (FileState.Of(log).HasContent)
                {
                    throw new UnreadableLogException(log);
                }
            }

            ClearPool();
            _immutable = CreateImmutable(_path);
            return true;
        }
    }

    /// <summary>Determines whether the file changed while a connection read it as one that does not change.</summary>
    public bool HasChanged(SqliteConnection connection)
    {
        lock (_lock)
        {
            return connection.ConnectionString != _connectionString && !IsCurrent(connection);
        }
    }

    /// <summary>Closes the connections that are not in use.</summary>
    public void ClearPool()
    {
        foreach (var used in new[] { _connectionString, _immutable }.OfType<string>())
        {
            using var connection = new SqliteConnection(used);
            SqliteConnection.ClearPool(connection);
        }

        _handles.RemoveWhere(handle => handle.IsClosed);
        (_known, _hadLog, _immutable) = (null, false, null);
    }

    private SqliteConnection OpenPooled(bool write)
    {
        var connection = new SqliteConnection(write ? _connectionString : _immutable ?? _connectionString);
        connection.Open();
        _path = connection.DataSource.Length == 0 ? null : connection.DataSource;
        return connection;
    }

    private string CreateImmutable(string path)
    {
        var source = connectionString.DataSource;
        if (source.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            source += source.Contains('?', StringComparison.Ordinal) ? "&immutable=1" : "?immutable=1";
        }
        else
        {
            var parts = path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Select(Uri.EscapeDataString);
            source = $"file:///{string.Join('/', parts).TrimStart('/')}?immutable=1";
        }

        return new SqliteConnectionStringBuilder(_connectionString) { DataSource = source, Mode = SqliteOpenMode.ReadOnly }.ToString();
    }

    /// <summary>Determines whether a connection has the file that is on the disk, and whether its pages are those of the file.</summary>
    private bool IsCurrent(SqliteConnection connection)
    {
        if (_path is not { } path)
        {
            return true;
        }

        var log = FileState.Of(FileState.LogOf(path));
        if (_foreignLog is not null && _foreignLog == log)
        {
            throw new ReplacedFileException(path);
        }

        _foreignLog = null;
        var now = FileState.Of(path);
        var moved = NativeFile.HasMoved(connection.Handle!);
        if (!moved && !(_immutable is not null && log.HasContent) && !(_hadLog && !log.Exists) && (_known is null || _known == now))
        {
            (_known, _hadLog) = (now, log.Exists);
            return true;
        }

        if (moved || (_hadLog && !log.Exists))
        {
            // The log of these connections belongs to the replaced file, and must not be written to the new one.
            foreach (var handle in _handles.Where(handle => !handle.IsClosed))
            {
                raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
            }
        }

        if (moved && now.HasContent && log.HasContent)
        {
            connection.Dispose();
            ClearPool();
            _foreignLog = log;
            throw new ReplacedFileException(path);
        }

        return false;
    }
}

/// <summary>Reports a file that was replaced without its write-ahead log.</summary>
internal sealed class ReplacedFileException(string path) : Exception(
    $"The file was replaced while it was open, but the write-ahead log '{FileState.LogOf(path)}' of the replaced file was left. SQLite "
    + $"would apply it to the new file. Delete '{FileState.LogOf(path)}' and '{path}-shm', and try again. If the log belongs to the new "
    + "file, restart the application instead.");

/// <summary>Reports a log with changes that cannot be read, because its folder is read-only.</summary>
internal sealed class UnreadableLogException(string log) : Exception(
    $"Its folder is read-only, and the log '{log}' has changes that are not yet in the file. SQLite cannot apply them there. Open the "
    + "store once where the folder can be written, and copy the file again; or delete the log to read the file without those changes.");
