using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Writes compact JSON to stdout or another sink, one value per line, in large blocks.</summary>
internal sealed class JsonOutput : IDisposable
{
    private const int BlockSize = 64 * 1024;

    private readonly IByteSink _sink;
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * BlockSize);
    private readonly Utf8JsonWriter _writer;

    /// <param name="sink">The sink, which the caller disposes of. If <see langword="null"/>, stdout.</param>
    public JsonOutput(IByteSink? sink = null)
    {
        _sink = sink ?? new StandardOutput();
        _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

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

    /// <summary>Writes the buffered lines to the sink: before the command waits, and at the end.</summary>
    public void Flush()
    {
        var lines = _buffer.WrittenSpan;
        _sink.Write(Ascii.IsValid(lines) ? lines : EscapeInvisible(lines));
        _buffer.ResetWrittenCount();
    }

    /// <summary>
    /// Escapes the characters that the encoder leaves as they are, and that could change the order of a terminal's text. All of them
    /// are in strings, where an escape means the same character.
    /// </summary>
    private static byte[] EscapeInvisible(ReadOnlySpan<byte> lines)
    {
        var text = new StringBuilder(lines.Length);
        foreach (var rune in Encoding.UTF8.GetString(lines).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format)
            {
                foreach (var unit in rune.ToString())
                {
                    text.Append(CultureInfo.InvariantCulture, $@"\u{(int)unit:x4}");
                }
            }
            else
            {
                text.Append(rune);
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public void Dispose()
    {
        _writer.Dispose();
    }
}
