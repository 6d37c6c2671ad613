using Microsoft.Extensions.Logging;
using RagConsole.Output;

namespace RagConsole.Mcp;

/// <summary>Writes the log of the MCP server to stderr, each message as one line.</summary>
internal sealed class StatusLog : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Status.Warning($"{category}: {formatter(state, exception)} {exception?.Message}");
            }
        }
    }
}
