using Microsoft.Win32.SafeHandles;

namespace Jina.Extensions.AI.Checkpoints;

/// <summary>A file of a model, opened for reading parts of it; everything that can go wrong is a clear error.</summary>
internal sealed class CheckpointFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private CheckpointFile(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
        Length = RandomAccess.GetLength(handle);
    }

    public string Path { get; }

    public long Length { get; }

    /// <summary>Opens a file; what is plainly another thing saved under its name (a Git LFS pointer, a web page) is refused.</summary>
    public static CheckpointFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new JinaModelException(path, "the file is missing. Download the model again, or give a folder that holds the whole model.");
        }

        CheckpointFile? file = null;
        try
        {
            file = new CheckpointFile(path, File.OpenHandle(path));
            ForeignContent.Refuse(path, file.Read(0, (int)Math.Min(file.Length, ForeignContent.HeadLength)));
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw e is JinaModelException ? e : new JinaModelException(path, $"the file cannot be read ({e.Message}). Check its permissions.", e);
        }
    }

    /// <summary>Reads a range that lies inside the file.</summary>
    public byte[] Read(long offset, int count)
    {
        if (offset < 0 || offset > Length - count)
        {
            throw new JinaModelException(
                Path, $"the file ends at byte {Length}, but bytes {offset} to {offset + count} are needed: it is truncated. Download it again.");
        }

        var bytes = new byte[count];
        for (var filled = 0; filled < count;)
        {
            var read = RandomAccess.Read(_handle, bytes.AsSpan(filled), offset + filled);
            if (read == 0)
            {
                throw new JinaModelException(Path, "the file became shorter while it was read. Wait for its download to end and try again.");
            }

            filled += read;
        }

        return bytes;
    }

    public void Dispose() => _handle.Dispose();
}
