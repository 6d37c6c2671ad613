namespace RagConsole.Updating;

/// <summary>Represents the exclusive right to update a database, among all threads and processes. Readers do not need it.</summary>
/// <remarks>
/// The lock is an exclusively opened file beside the database. The operating system releases it when its process ends, even if the
/// process is killed. The file is not deleted, because after a deletion two processes could each hold a file of that name.
/// </remarks>
internal sealed class DatabaseLock : IDisposable
{
    private const string InMemory = ":memory:";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream? _file;

    private DatabaseLock(FileStream? file) => _file = file;

    /// <summary>Returns the lock, or null if another process is updating the database.</summary>
    /// <param name="database">The path of the database, or <c>:memory:</c>.</param>
    /// <exception cref="IOException">The file of the lock cannot be created, or its folder does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">The file of the lock cannot be created or opened.</exception>
    public static DatabaseLock? TryAcquire(string database)
    {
        if (database == InMemory)
        {
            return new(null);
        }

        // Two paths to the same database share the lock.
        var target = File.Exists(database) ? File.ResolveLinkTarget(database, returnFinalTarget: true) : null;
        var path = target?.FullName ?? Path.GetFullPath(database);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new DirectoryNotFoundException(
                $"The database {database} cannot be created, because its folder does not exist. Create the folder, or pass another file.");
        }

        try
        {
            return new(new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (IsHeldByAnother(error))
        {
            return null;
        }
    }

    /// <summary>Waits for the lock.</summary>
    /// <param name="database">The path of the database.</param>
    /// <param name="onWait">The action that is called once if another process holds the lock.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<DatabaseLock> AcquireAsync(string database, Action onWait, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (TryAcquire(database) is { } acquired)
            {
                return acquired;
            }

            if (attempt == 1)
            {
                onWait();
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>Checks for ERROR_SHARING_VIOLATION on Windows, and for EWOULDBLOCK of flock on Linux and on macOS.</summary>
    private static bool IsHeldByAnother(IOException error) => OperatingSystem.IsWindows()
        ? (error.HResult & 0xFFFF) == 0x20
        : error.HResult == (OperatingSystem.IsMacOS() ? 35 : 11);
}
