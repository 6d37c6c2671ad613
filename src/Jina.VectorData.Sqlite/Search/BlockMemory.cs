using System.Runtime.InteropServices;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Represents memory that scans read. On Linux, it is a large page, which scans read about twice as fast as small ones.</summary>
/// <remarks>
/// It is freed when nothing refers to this object. So a method that uses <see cref="Bytes"/> must keep this object alive.
/// </remarks>
internal sealed unsafe class BlockMemory
{
    /// <summary>The length of a large page of x64 and Arm64, in bytes.</summary>
    public const int MaxLength = 2 << 20;

    private const int CacheLine = 64;

    /// <summary>MADV_HUGEPAGE of sys/mman.h. Many systems use large pages only for memory that asks for them.</summary>
    private const int UseLargePages = 14;

    private readonly byte* _start;
    private readonly int _length;

    /// <param name="length">The length in bytes, at most <see cref="MaxLength"/>. Shorter memory does not get a large page.</param>
    public BlockMemory(int length)
    {
        var isLarge = length > MaxLength / 2;
        _length = length;

        // Before the allocation, because the finalizer also runs if that fails.
        GC.AddMemoryPressure(length);
        _start = (byte*)NativeMemory.AlignedAlloc((nuint)length, (nuint)(isLarge ? MaxLength : CacheLine));
        if (isLarge && OperatingSystem.IsLinux())
        {
            // If it fails, the memory has small pages.
            _ = Advise(_start, (nuint)length, UseLargePages);
        }
    }

    ~BlockMemory()
    {
        NativeMemory.AlignedFree(_start);
        GC.RemoveMemoryPressure(_length);
    }

    public Span<byte> Bytes => new(_start, _length);

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(void* start, nuint length, int advice);
}
