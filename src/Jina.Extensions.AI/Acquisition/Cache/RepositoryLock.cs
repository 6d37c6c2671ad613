namespace Jina.Extensions.AI.Acquisition.Cache;

/// <summary>Represents the exclusive right to change the cache of one repository, among all threads and processes.</summary>
/// <remarks>
/// The lock is an exclusively opened file. The operating system releases it when its process ends, even if the process is killed. The
/// file itself is never deleted, because after a deletion two processes could each hold a file of that name.
/// </remarks>
internal sealed class RepositoryLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private RepositoryLock(FileStream file) => _file = file;

    /// <summary>Waits for the lock. If another owner holds it, <paramref name="onWait"/> is called once.</summary>
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

    /// <summary>Returns the lock, or <see langword="null"/> if another owner holds it.</summary>
    public static RepositoryLock? TryAcquire(string repositoryFolder)
    {
        Directory.CreateDirectory(repositoryFolder);
        try
        {
            return new(CacheFile.OpenLock(Path.Combine(repositoryFolder, ".lock")));
        }
        catch (IOException exception) when (IsHeldByAnother(exception))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Checks for ERROR_SHARING_VIOLATION on Windows, and for EWOULDBLOCK of flock on Linux and on macOS.</summary>
    private static bool IsHeldByAnother(IOException exception) => OperatingSystem.IsWindows()
        ? (exception.HResult & 0xFFFF) == 0x20
        : exception.HResult == (OperatingSystem.IsMacOS() ? 35 : 11);
}
