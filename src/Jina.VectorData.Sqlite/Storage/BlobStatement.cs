using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Reads or inserts rows of an ID and a blob, with one prepared statement in one transaction.</summary>
/// <remarks>It calls SQLite itself, because the ADO.NET provider copies every blob and takes longer than SQLite for such rows.</remarks>
internal sealed class BlobStatement : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _statement;

    private BlobStatement(SqliteConnection connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out _statement));
    }

    /// <summary>Processes a row, whose memory is valid only during the call.</summary>
    /// <param name="id">The row ID.</param>
    /// <param name="isBlob">Whether the value is a blob. Others have no bytes.</param>
    /// <param name="blob">The bytes.</param>
    public delegate void RowAction(long id, bool isBlob, ReadOnlySpan<byte> blob);

    /// <summary>Prepares a statement that reads a row. Its parameter is the ID.</summary>
    public static BlobStatement SelectOne(SqliteConnection connection, string table, string column) =>
        new(connection, $"SELECT {CollectionTables.Id}, {column} FROM {table} WHERE {CollectionTables.Id} = ?");

    /// <summary>
    /// Prepares a statement that reads rows in ascending order. Its parameters are the first and the last ID, both included.
    /// </summary>
    public static BlobStatement SelectRange(SqliteConnection connection, string table, string column) => new(
        connection,
        $"SELECT {CollectionTables.Id}, {column} FROM {table} WHERE {CollectionTables.Id} BETWEEN ? AND ? ORDER BY {CollectionTables.Id}");

    /// <summary>Prepares a statement for <see cref="Write"/>.</summary>
    public static BlobStatement Insert(SqliteConnection connection, string table, string column) =>
        new(connection, $"INSERT INTO {table} ({CollectionTables.Id}, {column}) VALUES (?, ?)");

    /// <summary>Reads the rows that the parameters select.</summary>
    public void Read(ReadOnlySpan<long> parameters, RowAction action, CancellationToken cancellationToken)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            Check(raw.sqlite3_bind_int64(_statement, i + 1, parameters[i]));
        }

        try
        {
            int result;
            while ((result = raw.sqlite3_step(_statement)) == raw.SQLITE_ROW)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var isBlob = raw.sqlite3_column_type(_statement, 1) == raw.SQLITE_BLOB;
                action(raw.sqlite3_column_int64(_statement, 0), isBlob, isBlob ? raw.sqlite3_column_blob(_statement, 1) : default);
            }

            Check(result);
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    /// <summary>Inserts a row.</summary>
    public void Write(long id, ReadOnlySpan<byte> blob)
    {
        Check(raw.sqlite3_bind_int64(_statement, 1, id));
        Check(raw.sqlite3_bind_blob(_statement, 2, blob));
        raw.sqlite3_step(_statement);

        // Returns the error of the step.
        Check(raw.sqlite3_reset(_statement));
    }

    public void Dispose() => _statement.Dispose();

    /// <summary>Throws the error of a call, if it has one.</summary>
    private void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(result, _connection.Handle);
        }
    }
}
