using Microsoft.Data.Sqlite;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Moves the write-ahead log into the file when no write follows for a moment.</summary>
/// <remarks>
/// A file with an empty log can be copied, restored and read in a read-only folder as one file. While batches follow each other,
/// SQLite itself decides when to move the log, so ingestion does not become slower.
/// </remarks>
internal sealed class IdleCheckpoint : IDisposable
{
    /// <summary>Long enough that the batches of an ingestion follow each other within it.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);

    private readonly DatabaseFile _file;
    private readonly SemaphoreSlim _writer;
    private readonly Timer _timer;

    public IdleCheckpoint(DatabaseFile file, SemaphoreSlim writer)
    {
        (_file, _writer) = (file, writer);
        _timer = new Timer(static state => ((IdleCheckpoint)state!).Run(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Schedules the checkpoint after a write.</summary>
    public void Schedule()
    {
        try
        {
            _timer.Change(Delay, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The store was disposed during the write. Closing the last connection moves the log.
        }
    }

    /// <summary>Waits for a running checkpoint.</summary>
    public void Dispose()
    {
        using var finished = new ManualResetEvent(initialState: false);
        if (_timer.Dispose(finished))
        {
            finished.WaitOne();
        }
    }

    private void Run()
    {
        // A write that is running schedules the next checkpoint.
        if (!_writer.Wait(0))
        {
            return;
        }

        try
        {
            _file.Checkpoint();
        }
        catch (Exception error) when (error is SqliteException or ReplacedFileException or IOException or UnauthorizedAccessException)
        {
            // The log stays, as it would without the checkpoint. The next operation reports what is wrong with the file.
        }
        finally
        {
            _writer.Release();
        }
    }
}
