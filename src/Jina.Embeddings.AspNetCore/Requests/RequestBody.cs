using System.Buffers;
using System.IO.Pipelines;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Represents the body of a request in pooled memory, which grows as bytes arrive and not as a header announces them.</summary>
/// <param name="limit">The maximum number of bytes.</param>
internal sealed class RequestBody(int limit) : IDisposable
{
    private const int FirstSize = 4096;

    private byte[] _buffer = [];
    private int _length;
    private RequestShape? _shape;

    /// <summary>Gets the bytes that have arrived so far.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Gets the shape of the request, detected from the bytes that have arrived so far.</summary>
    public RequestShape Shape => _shape ?? ShapeDetector.Detect(Bytes);

    /// <summary>Gets whether the body exceeds the limit. The bytes within the limit are kept.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Reads the body to its end, or to the limit.</summary>
    public async ValueTask ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (await ReadPieceAsync(reader, cancellationToken).ConfigureAwait(false))
        {
        }
    }

    /// <summary>Waits for bytes and reads those that have arrived.</summary>
    /// <returns>Whether more bytes may follow within the limit.</returns>
    public async ValueTask<bool> ReadPieceAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        var piece = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        Append(piece.Buffer);
        reader.AdvanceTo(piece.Buffer.End);
        return !piece.IsCompleted && !IsTooLarge;
    }

    /// <summary>Returns the memory to the pool after the request was read, and keeps the shape.</summary>
    public void Release(RequestShape shape)
    {
        _shape = shape;
        Dispose();
    }

    /// <summary>Returns the memory to the pool.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _length = 0;
        }
    }

    private void Append(ReadOnlySequence<byte> piece)
    {
        IsTooLarge = piece.Length > limit - _length;
        var taken = piece.Slice(0, Math.Min(piece.Length, limit - _length));
        Reserve((int)taken.Length);
        taken.CopyTo(_buffer.AsSpan(_length));
        _length += (int)taken.Length;
    }

    private void Reserve(int more)
    {
        if (_buffer.Length - _length >= more)
        {
            return;
        }

        var doubled = Math.Max(FirstSize, Math.Min(2L * _length, limit));
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(_length + (long)more, doubled));
        Bytes.CopyTo(larger);
        var length = _length;
        Dispose();
        _buffer = larger;
        _length = length;
    }
}
