using System.Globalization;
using Jina.Extensions.AI.Acquisition.Hub;

namespace Jina.Extensions.AI.Acquisition.Transfer;

/// <summary>Checks the free space of a disk before a download, and explains failed writes.</summary>
internal static class DiskSpace
{
    /// <summary>Rejects a download that cannot be completed. A quota is not visible here; <see cref="WriteFailed"/> reports it.</summary>
    public static void ThrowIfShort(string folder, long needed)
    {
        if (Free(folder) is { } free && free < needed)
        {
            throw Full(folder, needed, free, null);
        }
    }

    /// <summary>Creates the exception for a failed write.</summary>
    public static JinaModelException WriteFailed(string path, long? needed, IOException exception)
    {
        if (IsFull(exception))
        {
            return Full(path, needed, Free(Path.GetDirectoryName(path)!), exception);
        }

        return new(
            path,
            $"The download could not be written: {exception.Message} Check the disk, or choose another cache folder "
            + $"({HubEnvironment.CacheVariable}).",
            exception);
    }

    private static JinaModelException Full(string path, long? needed, long? free, IOException? exception) => new(
        path,
        $"The disk is full: the download needs {Megabytes(needed)} more, {Megabytes(free)} are free. Free some space, or choose another "
        + $"cache folder ({HubEnvironment.CacheVariable}). Received bytes are kept, and the next attempt resumes from them.",
        exception);

    /// <summary>
    /// Returns the free bytes of a folder's disk, or <see langword="null"/> if they are not known, as on some network shares.
    /// </summary>
    public static long? Free(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Checks for ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows, and for ENOSPC and EDQUOT on other systems.</summary>
    private static bool IsFull(IOException exception) => OperatingSystem.IsWindows()
        ? (exception.HResult & 0xFFFF) is 0x70 or 0x27
        : exception.HResult is 28 || exception.HResult == (OperatingSystem.IsMacOS() ? 69 : 122);

    private static string Megabytes(long? bytes) => bytes is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"{known / 1e6:0.0} MB")
        : "an unknown number of MB";
}
