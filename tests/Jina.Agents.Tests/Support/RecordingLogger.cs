using Microsoft.Extensions.Logging;

namespace Jina.Agents.Tests.Support;

/// <summary>Records the errors that are logged.</summary>
internal sealed class RecordingLogger : ILoggerFactory, ILogger
{
    public List<Exception> Errors { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel == LogLevel.Error && exception is not null)
        {
            Errors.Add(exception);
        }
    }

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
