using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Jina.Extensions.AI.Inference;

/// <summary>Maps a file into memory for reading.</summary>
/// <remarks>
/// If a program truncates the file, reading the missing pages ends the process. So the mapping is read only while a session is opened,
/// right after a check of the file.
/// </remarks>
internal sealed unsafe partial class MappedFile : IDisposable
{
    private const int DontNeed = 4;

    private readonly WatchedFile _watched;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    /// <param name="file">The file, which must be open until disposal.</param>
    public MappedFile(WatchedFile file)
    {
        _watched = file;
        _file = MemoryMappedFile.CreateFromFile(
            file.Handle, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    /// <summary>Returns the address of a range of the file, which is valid until disposal.</summary>
    /// <exception cref="JinaModelException">The range ends behind the end of the file.</exception>
    public nint AddressOf(long offset, long length)
    {
        _watched.Content.RequireRange(offset, length);
        return (nint)(_start + offset);
    }

    /// <summary>Releases the file's pages. They are loaded again when they are read. On Windows, the system does this by itself.</summary>
    public void ReleasePages()
    {
        if (!OperatingSystem.IsWindows())
        {
            // This is only advice. If it fails, the pages stay until the system needs the memory.
            _ = Advise((nint)_start, (nint)_view.SafeMemoryMappedViewHandle.ByteLength, DontNeed);
        }
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nint length, int advice);
}
