using SQLitePCL;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Interrupts the statements of a connection when a token is canceled, until it is disposed.</summary>
/// <remarks>
/// SQLite forgets an interrupt that arrives between two statements. So the next statement also asks for the token, after every
/// few thousand instructions. The connection can be used again after the interrupt.
/// </remarks>
internal sealed class Interruption : IDisposable
{
    /// <summary>The instructions between two questions: some tenths of a millisecond, so that the questions cost nothing.</summary>
    private const int Instructions = 10_000;

    private readonly sqlite3 _handle;
    private readonly CancellationTokenRegistration _registration;
    private readonly bool _isActive;

    public Interruption(sqlite3 handle, CancellationToken cancellationToken)
    {
        _handle = handle;
        _isActive = cancellationToken.CanBeCanceled;
        if (_isActive)
        {
            raw.sqlite3_progress_handler(handle, Instructions, _ => cancellationToken.IsCancellationRequested ? 1 : 0, null);
            _registration = cancellationToken.UnsafeRegister(static handle => raw.sqlite3_interrupt((sqlite3)handle!), handle);
        }
    }

    public void Dispose()
    {
        if (_isActive)
        {
            // Waits for a running callback, so the connection's next user is not interrupted.
            _registration.Dispose();
            raw.sqlite3_progress_handler(_handle, 0, null, null);
        }
    }
}
