using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RagConsole.Output;

/// <summary>Writes JSON objects to stdout for other programs.</summary>
internal static partial class JsonOutput
{
    /// <summary>Writes an object over several lines.</summary>
    public static void Write(Action<Utf8JsonWriter> properties) => Write(properties, indented: true);

    /// <summary>Writes an object as one line, so that more objects can follow.</summary>
    public static void WriteLine(Action<Utf8JsonWriter> properties) => Write(properties, indented: false);

    private static void Write(Action<Utf8JsonWriter> properties, bool indented)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }

        // The encoder escapes control characters, but not those that change the direction of a text on a terminal.
        var text = Invisible().Replace(Encoding.UTF8.GetString(buffer.WrittenSpan), match => $"\\u{(int)match.Value[0]:x4}");
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes($"{text}\n"));
    }

    /// <summary>Finds characters that JSON only contains within strings, where an escape has the same meaning.</summary>
    [GeneratedRegex(@"\p{Cf}")]
    private static partial Regex Invisible();
}
