using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Jina.Extensions.AI.Inference;

/// <summary>Maps a file into memory for reading.</summary>
internal sealed unsafe partial class MappedFile : IDisposable
{
    private const int DontNeed = 4;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    public MappedFile(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    /// <summary>Returns the address of a byte of the file, which is valid until disposal.</summary>
    public nint AddressOf(long offset) => (nint)(_start + offset);

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
