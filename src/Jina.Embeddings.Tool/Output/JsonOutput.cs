using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Writes compact JSON to stdout, one value per line, in large pieces.</summary>
internal sealed class JsonOutput : IDisposable
{
    private const int PieceSize = 64 * 1024;

    private readonly StandardOutput _stream = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * PieceSize);
    private readonly Utf8JsonWriter _writer;

    public JsonOutput() =>
        _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes one line.</summary>
    /// <param name="write">Writes one JSON value.</param>
    public void WriteLine(Action<Utf8JsonWriter> write)
    {
        write(_writer);
        _writer.Flush();
        _writer.Reset();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= PieceSize)
        {
            Flush();
        }
    }

    /// <summary>Sends on what is buffered: before a wait, and at the end.</summary>
    public void Flush()
    {
        _stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _stream.Dispose();
    }
}
