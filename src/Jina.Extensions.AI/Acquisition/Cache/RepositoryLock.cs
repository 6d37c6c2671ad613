namespace Jina.Extensions.AI.Acquisition.Cache;

/// <summary>The right to change what the cache holds of one repository, among all threads and processes.</summary>
/// <remarks>
/// An exclusively opened file: the operating system lets go of it when its owner dies, however it dies. The file itself
/// stays, because deleting it would let two owners hold two files of one name.
/// </remarks>
internal sealed class RepositoryLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private RepositoryLock(FileStream file) => _file = file;

    /// <summary>Waits for the lock; <paramref name="onWait"/> is called once, if another has it.</summary>
    public static async Task<RepositoryLock> AcquireAsync(string repositoryFolder, Action onWait, CancellationToken cancellationToken)
    {
        var hasWaited = false;
        while (true)
        {
            if (TryAcquire(repositoryFolder) is { } taken)
            {
                return taken;
            }

            if (!hasWaited)
            {
                onWait();
                hasWaited = true;
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns null where another has the lock.</summary>
    public static RepositoryLock? TryAcquire(string repositoryFolder)
    {
        Directory.CreateDirectory(repositoryFolder);
        try
        {
            return new(new FileStream(Path.Combine(repositoryFolder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (IsHeldByAnother(exception))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>ERROR_SHARING_VIOLATION on Windows; EWOULDBLOCK of flock on Linux and on macOS.</summary>
    private static bool IsHeldByAnother(IOException exception) => OperatingSystem.IsWindows()
        ? (exception.HResult & 0xFFFF) == 0x20
        : exception.HResult == (OperatingSystem.IsMacOS() ? 35 : 11);
}
