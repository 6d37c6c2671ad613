using System.Text;

namespace Jina.Embeddings.Tool.Input;

/// <summary>Splits a UTF-8 stream into lines. It keeps at most one buffer or the longest line in memory.</summary>
/// <remarks>A line ends with LF, CRLF or the end of the stream. Invalid UTF-8 becomes U+FFFD, and a byte order mark is skipped.</remarks>
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

    /// <summary>Reads the next line from the bytes received so far.</summary>
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
    /// <returns>False at the end of the stream, when the last line has been received.</returns>
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

        // A read from a terminal or pipe cannot be canceled, but waiting for it can.
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).AsTask().WaitAsync(cancellationToken);
        _end += read;
        _ended = read == 0;
        return true;
    }

    public void Dispose() => stream.Dispose();
}
