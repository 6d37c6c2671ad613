using Microsoft.Win32.SafeHandles;

namespace Jina.Extensions.AI.Files;

/// <summary>Reads ranges of a model file. All errors are exceptions that name the file.</summary>
internal sealed class BoundedFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    /// <param name="path">The path of the file, for messages.</param>
    /// <param name="handle">The open file, which is closed on disposal.</param>
    public BoundedFile(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
        Length = RandomAccess.GetLength(handle);
    }

    public string Path { get; }

    public long Length { get; }

    /// <summary>
    /// Opens a regular file. Rejects files that were saved under this name by mistake, such as a Git LFS pointer or a web page.
    /// </summary>
    public static BoundedFile Open(string path)
    {
        BoundedFile? file = null;
        try
        {
            file = new BoundedFile(path, RegularFile.Open(path));
            ForeignContent.ThrowIfForeign(path, file.Read(0, (int)Math.Min(file.Length, ForeignContent.HeadLength)));
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            file?.Dispose();
            throw e is JinaModelException ? e : new JinaModelException(
                path, $"The file cannot be read ({e.Message}). Check its permissions.", e);
        }
    }

    /// <summary>Reads a whole file of limited length.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="maximum">The most bytes.</param>
    /// <param name="kind">The kind of file, for messages.</param>
    public static byte[] ReadAll(string path, int maximum, string kind)
    {
        using var file = Open(path);
        return file.Length <= maximum
            ? file.Read(0, (int)file.Length)
            : throw new JinaModelException(
                path, $"The file has {file.Length} bytes. {kind} of at most {maximum} is expected. Download it again.");
    }

    /// <summary>Reads a range of the file.</summary>
    /// <exception cref="JinaModelException">The range ends behind the end of the file.</exception>
    public byte[] Read(long offset, int count)
    {
        RequireRange(offset, count);
        var bytes = new byte[count];
        Read(offset, bytes);
        return bytes;
    }

    /// <summary>Reads a range of the file into a buffer.</summary>
    /// <exception cref="JinaModelException">The range ends behind the end of the file, or the file cannot be read.</exception>
    public void Read(long offset, Span<byte> buffer)
    {
        RequireRange(offset, buffer.Length);
        while (buffer.Length > 0)
        {
            var read = ReadPart(offset, buffer);
            if (read == 0)
            {
                throw new JinaModelException(
                    Path, "The file became shorter while it was read. Wait for its download to end, and try again.");
            }

            offset += read;
            buffer = buffer[read..];
        }
    }

    /// <summary>Checks that the file has a range.</summary>
    /// <exception cref="JinaModelException">The range ends behind the end of the file.</exception>
    public void RequireRange(long offset, long count)
    {
        if (offset < 0 || offset > Length - count)
        {
            throw new JinaModelException(
                Path,
                $"The file is truncated: it ends at byte {Length}, but bytes {offset} to {offset + count} are needed. Download it again.");
        }
    }

    public void Dispose() => _handle.Dispose();

    private int ReadPart(long offset, Span<byte> buffer)
    {
        try
        {
            return RandomAccess.Read(_handle, buffer, offset);
        }
        catch (IOException e)
        {
            throw new JinaModelException(Path, $"The file cannot be read ({e.Message}). Check that its disk is available.", e);
        }
    }
}
