using System.Globalization;
using Jina.Extensions.AI.Acquisition.Hub;

namespace Jina.Extensions.AI.Acquisition.Cache;

/// <summary>Tells early, or at least plainly, that a disk is too small.</summary>
internal static class DiskSpace
{
    /// <summary>Refuses to begin what cannot end. A quota is not seen here; <see cref="WriteFailed"/> tells of that.</summary>
    public static void ThrowIfShort(string folder, long needed)
    {
        if (Free(folder) is { } free && free < needed)
        {
            throw Full(folder, needed, free, null);
        }
    }

    /// <summary>Explains a failed write.</summary>
    public static JinaModelException WriteFailed(string path, long? needed, IOException exception) => IsFull(exception)
        ? Full(path, needed, Free(System.IO.Path.GetDirectoryName(path)!), exception)
        : new(path, $"The download could not be written: {exception.Message} Check the disk, or choose another cache folder ({HubEnvironment.CacheVariable}).", exception);

    private static JinaModelException Full(string path, long? needed, long? free, IOException? exception) => new(
        path,
        $"The disk is full: the download needs {Megabytes(needed)} more, {Megabytes(free)} are free. "
        + $"Free some space, or choose another cache folder ({HubEnvironment.CacheVariable}); what has arrived is kept and the next try goes on from there.",
        exception);

    /// <summary>Returns the free bytes of a folder's disk, or null where it tells none.</summary>
    public static long? Free(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A network share that tells no size.
            return null;
        }
    }

    /// <summary>ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows; ENOSPC and EDQUOT elsewhere.</summary>
    private static bool IsFull(IOException exception) => OperatingSystem.IsWindows()
        ? (exception.HResult & 0xFFFF) is 0x70 or 0x27
        : exception.HResult is 28 || exception.HResult == (OperatingSystem.IsMacOS() ? 69 : 122);

    private static string Megabytes(long? bytes) => bytes is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"{known / 1e6:0.0} MB")
        : "an unknown number of MB";
}
