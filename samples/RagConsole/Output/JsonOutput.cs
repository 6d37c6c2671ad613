using System.Text.Encodings.Web;
using System.Text.Json;

namespace RagConsole.Output;

/// <summary>JSON objects on stdout, for programs.</summary>
internal static class JsonOutput
{
    /// <summary>Writes one object, over several lines.</summary>
    public static void Write(Action<Utf8JsonWriter> properties) => Write(properties, indented: true);

    /// <summary>Writes one object as one line, where more may follow.</summary>
    public static void WriteLine(Action<Utf8JsonWriter> properties) => Write(properties, indented: false);

    private static void Write(Action<Utf8JsonWriter> properties, bool indented)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }
}
