using System.Text;

namespace Jina.Embeddings.Tool.Input;

/// <summary>Splits a stream into lines. It keeps at most one buffer or the longest line in memory.</summary>
/// <remarks>
/// A line ends with LF, CRLF or the end of the stream. The stream is UTF-8, or UTF-16 with a byte order mark. Invalid characters become
/// U+FFFD, and a byte order mark is skipped.
/// </remarks>
internal sealed class LineReader(Stream stream) : IDisposable
{
    private const int InitialSize = 64 * 1024;

    private readonly Utf8Source _source = new(stream);
    private byte[] _buffer = new byte[InitialSize];
    private int _start;
    private int _end;
    private int _searched;
    private bool _ended;

    /// <summary>Gets the number of lines read so far.</summary>
    public long Count { get; private set; }

    /// <summary>Gets the number of bytes of the stream up to the last line.</summary>
    /// <remarks>It is not exact for UTF-16, whose buffered bytes are UTF-8.</remarks>
    public long Position => _source.BytesRead - (_end - _start);

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

        var read = await _source.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        _ended = read == 0;
        return true;
    }

    public void Dispose() => _source.Dispose();
}
