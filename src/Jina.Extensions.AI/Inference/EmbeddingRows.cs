using System.Runtime.InteropServices;
using Jina.Extensions.AI.Checkpoints.Tensors;

namespace Jina.Extensions.AI.Inference;

/// <summary>
/// Represents an embedding table in memory of this process. A row is read from the file before the first run that needs it. Safe for
/// concurrent use.
/// </summary>
/// <remarks>
/// Texts need few of the rows, and the system provides memory only for pages that are written. Its address space is that of all rows.
/// </remarks>
internal sealed unsafe class EmbeddingRows : IDisposable
{
    /// <summary>The ID of the positions after a text that is shorter than others of its micro-batch.</summary>
    private const int PaddingId = 0;

    private const int Alignment = 64;

    private readonly Lock _lock = new();
    private readonly WatchedFile _file;
    private readonly long _offset;
    private readonly int _rowBytes;
    private readonly bool[] _isRead;
    private byte* _start;

    /// <param name="file">The file, which must be open until disposal.</param>
    /// <param name="table">The table [rows, columns], for which <see cref="CanRead"/> is true.</param>
    /// <exception cref="JinaModelException">The file ends before the end of the table.</exception>
    public EmbeddingRows(WatchedFile file, TensorEntry table)
    {
        file.Content.RequireRange(table.Offset, table.Length);
        _file = file;
        _offset = table.Offset;
        _isRead = new bool[table.Shape[0]];
        _rowBytes = (int)(table.Length / _isRead.Length);
        _start = (byte*)NativeMemory.AlignedAlloc((nuint)table.Length, Alignment);
    }

    /// <summary>Gets the address of the first row, which is valid until disposal.</summary>
    public nint Address => (nint)_start;

    /// <summary>Determines whether the rows of a table are stored one after the other.</summary>
    public static bool CanRead(TensorEntry table) => table.Strides is [_, 1];

    /// <summary>Reads the rows of the texts that no run has needed yet.</summary>
    /// <exception cref="JinaModelException">A row was not read before, and the file has changed since it was opened.</exception>
    public void Read(IReadOnlyList<T5Encoding> texts)
    {
        List<int>? added = null;
        Add(PaddingId);
        for (var i = 0; i < texts.Count; i++)
        {
            foreach (var id in texts[i].AsSpan())
            {
                Add(id);
            }
        }

        if (added is not null)
        {
            lock (_lock)
            {
                ReadRows(added);
            }
        }

        void Add(int id)
        {
            if (!Volatile.Read(ref _isRead[id]))
            {
                (added ??= []).Add(id);
            }
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_start);
        _start = null;
    }

    private void ReadRows(List<int> ids)
    {
        // Another run may have read some of them meanwhile, and uses them.
        ids.RemoveAll(id => _isRead[id]);
        _file.ThrowIfWritten();
        foreach (var id in ids)
        {
            _file.Content.Read(_offset + ((long)id * _rowBytes), new Span<byte>(_start + ((long)id * _rowBytes), _rowBytes));
        }

        _file.ThrowIfWritten();
        ids.ForEach(id => Volatile.Write(ref _isRead[id], true));
    }
}
