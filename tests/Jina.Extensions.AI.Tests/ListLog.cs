using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Jina.Extensions.AI.Tests;

/// <summary>Keeps log messages in a list.</summary>
internal sealed class ListLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(string Event, string Line)> _entries = new();

    public IEnumerable<string> Events => _entries.Select(entry => entry.Event);

    public IEnumerable<string> Lines => _entries.Select(entry => entry.Line);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((eventId.Name!, formatter(state, exception)));

    public void Dispose()
    {
    }
}
