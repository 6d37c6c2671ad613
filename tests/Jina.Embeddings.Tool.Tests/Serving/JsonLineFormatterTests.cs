using System.Diagnostics;
using System.Text.Json;
using Jina.Embeddings.Tool.Serving;
using Jina.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jina.Embeddings.Tool.Tests.Serving;

public sealed class JsonLineFormatterTests
{
    [Fact]
    public void An_event_is_one_line_with_its_values()
    {
        KeyValuePair<string, object?>[] state =
        [
            new("Count", 3), new("Fast", true), new("Name", "a\n\u001b"), new("Nothing", null), new("{OriginalFormat}", "{Count}"),
        ];

        var line = Write(LogLevel.Warning, state, null);

        Assert.Equal("warning", line.GetProperty("level").GetString());
        Assert.Equal("Category", line.GetProperty("category").GetString());
        Assert.Equal(7, line.GetProperty("event_id").GetInt32());
        Assert.Equal("first\nsecond", line.GetProperty("message").GetString());
        Assert.Equal(TimeSpan.Zero, line.GetProperty("timestamp").GetDateTimeOffset().Offset);
        Assert.Equal("""{"Count":3,"Fast":true,"Name":"a\n\u001B","Nothing":null}""", line.GetProperty("fields").GetRawText());
        Assert.False(line.TryGetProperty("exception", out _));
    }

    [Fact]
    public void A_known_exception_has_its_message_and_an_unexpected_one_its_stack_trace()
    {
        var known = Write(LogLevel.Error, [], Thrown(new JinaModelException("model.bin", "The file is gone.")));
        var unexpected = Write(LogLevel.Error, [], Thrown(new InvalidOperationException("Odd.")));

        Assert.Equal("model.bin: The file is gone.", known.GetProperty("exception").GetString());
        Assert.Equal("Jina.Extensions.AI.JinaModelException", known.GetProperty("exception_type").GetString());
        Assert.Contains($".{nameof(Thrown)}", unexpected.GetProperty("exception").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_span_of_the_request_is_named()
    {
        using var activity = new Activity("request").Start();

        var line = Write(LogLevel.Warning, [], null);

        Assert.Equal(activity.TraceId.ToHexString(), line.GetProperty("trace_id").GetString());
        Assert.Equal(activity.SpanId.ToHexString(), line.GetProperty("span_id").GetString());
    }

    private static JsonElement Write(LogLevel level, KeyValuePair<string, object?>[] state, Exception? exception)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var entry = new LogEntry<KeyValuePair<string, object?>[]>(level, "Category", 7, state, exception, (_, _) => "first\nsecond");
        new JsonLineFormatter().Write(entry, null, writer);
        var text = writer.ToString();
        Assert.Equal(text.Length - 1, text.IndexOf('\n', StringComparison.Ordinal));
        return JsonDocument.Parse(text).RootElement;
    }

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
