using System.Text;

namespace Jina.Embeddings.Tool.Input;

/// <summary>Splits a stream of UTF-8 into lines and holds no more of it than a buffer or the longest line.</summary>
/// <remarks>A line ends with LF or CRLF, or with the stream. Bytes that are no UTF-8 become U+FFFD, a byte order mark is dropped.</remarks>
internal sealed class LineReader(Stream stream) : IDisposable
{
    private const int InitialSize = 64 * 1024;

    private byte[] _buffer = new byte[InitialSize];
    private int _start;
    private int _end;
    private int _searched;
    private bool _ended;

    /// <summary>Gets the number of lines read so far.</summary>
    public long Count { get; private set; }

    /// <summary>Takes the next line of those that have arrived.</summary>
    public bool TryRead(out string line)
    {
        line = "";
        var arrived = _buffer.AsSpan(_start, _end - _start);
        var length = arrived[_searched..].IndexOf((byte)'\n');
        var terminated = length >= 0;
        if (!terminated && !(_ended && arrived.Length > 0))
        {
            _searched = arrived.Length;
            return false;
        }

        length = terminated ? length + _searched : arrived.Length;
        _start += terminated ? length + 1 : length;
        _searched = 0;
        var bytes = arrived[..length];
        if (Count == 0 && bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
            if (bytes.IsEmpty && !terminated)
            {
                return false;
            }
        }

        if (bytes.EndsWith("\r"u8))
        {
            bytes = bytes[..^1];
        }

        Count++;
        line = Encoding.UTF8.GetString(bytes);
        return true;
    }

    /// <summary>Waits for more bytes.</summary>
    /// <returns>False where there are none: the last line has then arrived.</returns>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_ended)
        {
            return false;
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        // A read of the terminal or a pipe cannot be stopped, but the wait for it can.
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).AsTask().WaitAsync(cancellationToken);
        _end += read;
        _ended = read == 0;
        return true;
    }

    public void Dispose() => stream.Dispose();
}
