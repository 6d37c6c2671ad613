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
        var reason = logEntry.Exception is { } exception ? $": {LogText.Reason(exception)}" : "";
        textWriter.WriteLine($"{LogText.Level(logEntry.LogLevel)} {logEntry.Category}: {message}{reason}".ReplaceLineEndings(" "));
    }
}
