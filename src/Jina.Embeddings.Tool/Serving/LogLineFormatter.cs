using Jina.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>Writes each event as a single line: <c>error Category: message</c>. The service manager adds the time.</summary>
internal sealed class LogLineFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var reason = logEntry.Exception switch
        {
            null => string.Empty,
            JinaModelException or IOException => $": {logEntry.Exception.Message}",

            // An unexpected exception is useful only with its stack trace.
            _ => $": {logEntry.Exception}",
        };
        textWriter.WriteLine($"{Word(logEntry.LogLevel)} {logEntry.Category}: {message}{reason}".ReplaceLineEndings(" "));
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical or LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        _ => "info",
    };
}
