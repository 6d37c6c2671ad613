using Microsoft.Win32.SafeHandles;

namespace Jina.Extensions.AI.Files;

/// <summary>Represents the size and the time of a file, by which a later change is noticed without reading the file.</summary>
/// <param name="Length">The size in bytes.</param>
/// <param name="Modified">The time of the last write (UTC).</param>
internal readonly record struct FileStamp(long Length, DateTime Modified)
{
    /// <summary>
    /// Reads the stamp of the file that has a path now, or of the target of a link. A file that does not exist has the default stamp.
    /// </summary>
    public static FileStamp Of(string path)
    {
        try
        {
            var file = new FileInfo(path);
            file = file.LinkTarget is null ? file : (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
            return file.Exists ? new(file.Length, file.LastWriteTimeUtc) : default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file was deleted in between, or links form a circle. Reading the file reports that.
            return default;
        }
    }

    /// <summary>Reads the stamp of an open file, which can have lost its path to another file.</summary>
    public static FileStamp Of(SafeFileHandle file) => new(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));

    public override string ToString() => this == default ? "no file" : $"{Length} bytes of {Modified:yyyy-MM-dd HH:mm:ss.fff} UTC";
}
