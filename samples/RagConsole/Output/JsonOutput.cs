using System.Text.Encodings.Web;
using System.Text.Json;

namespace RagConsole.Output;

/// <summary>Writes JSON objects to stdout for other programs.</summary>
internal static class JsonOutput
{
    /// <summary>Writes an object over several lines.</summary>
    public static void Write(Action<Utf8JsonWriter> properties) => Write(properties, indented: true);

    /// <summary>Writes an object as one line, so that more objects can follow.</summary>
    public static void WriteLine(Action<Utf8JsonWriter> properties) => Write(properties, indented: false);

    private static void Write(Action<Utf8JsonWriter> properties, bool indented)
    {
        using var output = Console.OpenStandardOutput();
        var options = new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(output, options))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }
}
