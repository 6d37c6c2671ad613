using System.Runtime.InteropServices;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Inference;

/// <summary>Represents a copy of a weight in memory of this process, which no other program can change.</summary>
internal sealed unsafe class WeightCopy : IDisposable
{
    /// <summary>The alignment that the vector instructions of all processors accept.</summary>
    private const int Alignment = 64;

    /// <summary>The most bytes of one read. A span has at most 2 GiB, and tables can be larger.</summary>
    private const int PartBytes = 1 << 26;

    private void* _start;

    /// <exception cref="JinaModelException">The file cannot be read, or is too short.</exception>
    public WeightCopy(BoundedFile file, long offset, long length)
    {
        _start = NativeMemory.AlignedAlloc((nuint)length, Alignment);
        try
        {
            for (var done = 0L; done < length; done += PartBytes)
            {
                file.Read(offset + done, new Span<byte>((byte*)_start + done, (int)Math.Min(PartBytes, length - done)));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets the address of the first byte, which is valid until disposal.</summary>
    public nint Address => (nint)_start;

    public void Dispose()
    {
        NativeMemory.AlignedFree(_start);
        _start = null;
    }
}
