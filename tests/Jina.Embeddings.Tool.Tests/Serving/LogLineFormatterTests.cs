using Jina.Embeddings.Tool.Serving;
using Jina.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jina.Embeddings.Tool.Tests.Serving;

public sealed class LogLineFormatterTests
{
    [Fact]
    public void A_message_of_several_lines_is_one_line() =>
        Assert.Equal("warning Category: first second\n", Write(LogLevel.Warning, "first\nsecond", null));

    [Fact]
    public void A_known_exception_is_logged_without_a_stack_trace() =>
        Assert.Equal(
            "error Category: Failed: model.bin: The file is gone.\n",
            Write(LogLevel.Error, "Failed", Thrown(new JinaModelException("model.bin", "The file is gone."))));

    [Fact]
    public void An_unexpected_exception_is_logged_with_its_stack_trace_on_the_same_line()
    {
        var line = Write(LogLevel.Error, "Failed", Thrown(new InvalidOperationException("Odd.")));

        Assert.StartsWith("error Category: Failed: System.InvalidOperationException: Odd.", line, StringComparison.Ordinal);
        Assert.Contains($"at {typeof(LogLineFormatterTests).FullName}.{nameof(Thrown)}", line, StringComparison.Ordinal);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
    }

    private static string Write(LogLevel level, string message, Exception? exception)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new LogLineFormatter().Write(new LogEntry<string>(level, "Category", 1, message, exception, (state, _) => state), null, writer);
        return writer.ToString();
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
