using System.Text;

namespace Jina.Embeddings.Tool.Input;

/// <summary>Reads a stream as UTF-8 without a byte order mark. A stream with the byte order mark of UTF-16 is converted.</summary>
internal sealed class Utf8Source(Stream stream) : IDisposable
{
    private const int BlockSize = 16 * 1024;

    private static readonly Encoding[] Encodings = [Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode];

    /// <summary>The bytes that were read or converted and not yet returned.</summary>
    private ArraySegment<byte> _pending = [];
    private byte[] _block = [];
    private Decoder? _utf16;
    private bool _started;
    private bool _ended;

    /// <summary>Gets the number of bytes that were read from the stream.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Waits for bytes. Bytes that have arrived are returned without waiting for more, except for a part of a character.</summary>
    /// <returns>The number of bytes, or 0 at the end of the stream.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!_started)
        {
            _pending = await ReadMarkAsync(cancellationToken);
            _started = true;
        }

        while (_pending.Count == 0 && _utf16 is not null && !_ended)
        {
            _pending = await ConvertBlockAsync(_utf16, cancellationToken);
        }

        if (_pending.Count == 0)
        {
            return _ended ? 0 : await ReadRawAsync(buffer, cancellationToken);
        }

        var length = Math.Min(_pending.Count, buffer.Length);
        _pending[..length].AsMemory().CopyTo(buffer);
        _pending = _pending[length..];
        return length;
    }

    public void Dispose() => stream.Dispose();

    /// <summary>
    /// Reads the first bytes for as long as they can be a byte order mark. A mark is skipped; bytes that are not a mark are returned.
    /// </summary>
    private async ValueTask<byte[]> ReadMarkAsync(CancellationToken cancellationToken)
    {
        byte[] first = [];
        while (!_ended && Array.Exists(Encodings, encoding => encoding.Preamble.StartsWith(first)))
        {
            if (Array.Find(Encodings, encoding => encoding.Preamble.SequenceEqual(first)) is { } found)
            {
                _utf16 = found == Encoding.UTF8 ? null : found.GetDecoder();
                return [];
            }

            var next = new byte[1];
            var read = await ReadRawAsync(next, cancellationToken);
            first = [.. first, .. next[..read]];
        }

        return first;
    }

    private async ValueTask<byte[]> ConvertBlockAsync(Decoder decoder, CancellationToken cancellationToken)
    {
        _block = _block.Length == 0 ? new byte[BlockSize] : _block;
        var read = await ReadRawAsync(_block, cancellationToken);
        var characters = new char[decoder.GetCharCount(_block, 0, read, flush: _ended)];
        decoder.GetChars(_block, 0, read, characters, 0, flush: _ended);
        return Encoding.UTF8.GetBytes(characters);
    }

    private async ValueTask<int> ReadRawAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        // A read from a terminal or pipe cannot be canceled, but waiting for it can.
        var read = await stream.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(cancellationToken);
        BytesRead += read;
        _ended = read == 0;
        return read;
    }
}
