using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>Writes each event as a line with one JSON object.</summary>
/// <remarks>The name differs from "json", which is the framework's own formatter.</remarks>
internal sealed class JsonLineFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "json-line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", DateTimeOffset.UtcNow);
            json.WriteString("level", LogText.Level(logEntry.LogLevel));
            json.WriteString("category", logEntry.Category);
            json.WriteNumber("event_id", logEntry.EventId.Id);
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            WriteException(json, logEntry.Exception);
            WriteTrace(json, Activity.Current);
            WriteFields(json, logEntry.State as IReadOnlyCollection<KeyValuePair<string, object?>>);
            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void WriteException(Utf8JsonWriter json, Exception? exception)
    {
        if (exception is not null)
        {
            json.WriteString("exception_type", exception.GetType().FullName);
            json.WriteString("exception", LogText.Reason(exception));
        }
    }

    /// <summary>Writes the IDs by which a backend finds the spans of the request.</summary>
    private static void WriteTrace(Utf8JsonWriter json, Activity? activity)
    {
        if (activity is { IdFormat: ActivityIdFormat.W3C })
        {
            json.WriteString("trace_id", activity.TraceId.ToHexString());
            json.WriteString("span_id", activity.SpanId.ToHexString());
        }
    }

    /// <summary>Writes the values in the message under their names.</summary>
    private static void WriteFields(Utf8JsonWriter json, IReadOnlyCollection<KeyValuePair<string, object?>>? fields)
    {
        if (fields is null or { Count: 0 })
        {
            return;
        }

        json.WriteStartObject("fields");
        foreach (var (name, value) in fields.Where(field => field.Key != "{OriginalFormat}"))
        {
            switch (value)
            {
                case null:
                    json.WriteNull(name);
                    break;
                case bool truth:
                    json.WriteBoolean(name, truth);
                    break;
                case int or long:
                    json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                    break;
                default:
                    json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                    break;
            }
        }

        json.WriteEndObject();
    }
}
