using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Writes compact JSON to stdout, one value per line, in large blocks.</summary>
internal sealed class JsonOutput : IDisposable
{
    private const int BlockSize = 64 * 1024;

    private readonly StandardOutput _stream = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * BlockSize);
    private readonly Utf8JsonWriter _writer;

    public JsonOutput() =>
        _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes a single JSON object as the whole output.</summary>
    /// <param name="writeProperties">Writes the properties of the object.</param>
    public static void WriteObject(Action<Utf8JsonWriter> writeProperties)
    {
        using var output = new JsonOutput();
        output.WriteLine(json =>
        {
            json.WriteStartObject();
            writeProperties(json);
            json.WriteEndObject();
        });
        output.Flush();
    }

    /// <summary>Writes one line.</summary>
    /// <param name="write">Writes one JSON value.</param>
    public void WriteLine(Action<Utf8JsonWriter> write)
    {
        write(_writer);
        _writer.Flush();
        _writer.Reset();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= BlockSize)
        {
            Flush();
        }
    }

    /// <summary>Writes the buffered lines to stdout: before the command waits, and at the end.</summary>
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
