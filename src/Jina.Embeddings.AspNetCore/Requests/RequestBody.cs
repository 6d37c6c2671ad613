using System.Buffers;
using System.IO.Pipelines;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>A request's body in one piece of pooled memory, which grows as bytes come, not as a header promises them.</summary>
/// <param name="limit">The most bytes.</param>
internal sealed class RequestBody(int limit) : IDisposable
{
    private const int FirstSize = 4096;

    private byte[] _buffer = [];
    private int _length;
    private RequestShape? _shape;

    /// <summary>Gets the bytes that have come so far.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Gets the shape of the request, as far as it can be told from what has come.</summary>
    public RequestShape Shape => _shape ?? ShapeScan.Of(Bytes);

    /// <summary>Gets whether there are more bytes than allowed; those within the limit are kept.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Reads to the end, or to the limit.</summary>
    public async ValueTask ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (await ReadPieceAsync(reader, cancellationToken).ConfigureAwait(false))
        {
        }
    }

    /// <summary>Reads what has come, waiting for the first of it.</summary>
    /// <returns>Whether more may come that is allowed.</returns>
    public async ValueTask<bool> ReadPieceAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        var piece = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        Append(piece.Buffer);
        reader.AdvanceTo(piece.Buffer.End);
        return !piece.IsCompleted && !IsTooLarge;
    }

    /// <summary>Gives the memory back once the request is read, and keeps its shape.</summary>
    public void Release(RequestShape shape)
    {
        _shape = shape;
        Dispose();
    }

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

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(_length + (long)more, Math.Max(FirstSize, Math.Min(2L * _length, limit))));
        Bytes.CopyTo(larger);
        var length = _length;
        Dispose();
        _buffer = larger;
        _length = length;
    }
}
