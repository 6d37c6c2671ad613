using System.Buffers;
using System.IO.Pipelines;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Represents the body of a request in memory, which grows as bytes arrive and not as a header announces them.</summary>
/// <param name="limit">The maximum number of bytes.</param>
/// <param name="announced">
/// The number of bytes that a header announces, or <see langword="null"/>. A body that the app decompresses is larger.
/// </param>
/// <param name="hold">A delegate that takes the memory of a size before it is allocated. It throws if there is not enough.</param>
/// <param name="shape">The shape of the route's requests. If <see langword="null"/>, it is detected from the bytes.</param>
internal sealed class RequestBody(int limit, long? announced, Action<long> hold, RequestShape? shape = null) : IDisposable
{
    private const int FirstSize = 4096;
    private const long Growth = 2;

    /// <summary>Fewer buffers are discarded on the way to an announced length, and a header alone still takes no memory.</summary>
    private const long GrowthIfAnnounced = 8;

    /// <summary>The largest buffer from the pool, which never returns memory to the system while the server is busy.</summary>
    private const int MaxPooledSize = 64 * 1024;

    private byte[] _buffer = [];
    private long? _announced = announced;
    private int _length;
    private RequestShape? _shape = shape;

    /// <summary>Gets the bytes that have arrived so far.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Gets the memory of the body.</summary>
    public int BufferSize => _buffer.Length;

    /// <summary>Gets the shape of the request: that of the route, or detected from the bytes that have arrived so far.</summary>
    public RequestShape Shape => _shape ?? ShapeDetector.Detect(Bytes);

    /// <summary>Gets whether the body has arrived to its end.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Gets whether the body exceeds the limit. The bytes within the limit are kept.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Waits for bytes and reads those that have arrived.</summary>
    /// <returns>Whether more bytes may follow within the limit.</returns>
    public async ValueTask<bool> ReadPieceAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        var piece = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Append(piece.Buffer);
        }
        finally
        {
            reader.AdvanceTo(piece.Buffer.End);
        }

        IsComplete = piece.IsCompleted;
        return !IsComplete && !IsTooLarge;
    }

    /// <summary>Releases the memory after the request was read, and keeps the shape.</summary>
    public void Release(RequestShape found)
    {
        _shape = found;
        Dispose();
    }

    /// <summary>Releases the memory.</summary>
    public void Dispose()
    {
        Return(_buffer);
        _buffer = [];
        _length = 0;
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

        if (_length + (long)more > _announced)
        {
            // Buffers of exactly the bytes that have arrived would copy the whole body for each piece.
            _announced = null;
        }

        var most = Math.Min(_announced ?? limit, limit);
        var grown = Math.Max(FirstSize, Math.Min((_announced is null ? Growth : GrowthIfAnnounced) * _length, most));
        var size = (int)Math.Max(_length + (long)more, grown);
        hold((long)_buffer.Length + size);
        var larger = size <= MaxPooledSize ? ArrayPool<byte>.Shared.Rent(size) : GC.AllocateUninitializedArray<byte>(size);
        Bytes.CopyTo(larger);
        Return(_buffer);
        _buffer = larger;
        hold(larger.Length);
    }

    private static void Return(byte[] buffer)
    {
        if (buffer.Length is > 0 and <= MaxPooledSize)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
