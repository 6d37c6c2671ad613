using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>What the server logs: warnings and worse, on stderr, one line each.</summary>
internal static class ServerLog
{
    public static void AddServerLog(this ILoggingBuilder logging, IServiceCollection services)
    {
        var gate = new StartGate();
        services.AddSingleton<IHostedService>(gate);
        logging.AddConsole(options =>
        {
            options.FormatterName = LogLineFormatter.FormatterName;
            options.LogToStandardErrorThreshold = LogLevel.Trace;
        });

        // Not by AddConsoleFormatter, which binds options by reflection; there are none.
        services.AddSingleton<ConsoleFormatter, LogLineFormatter>();
        logging.AddFilter((category, level) => level >= LogLevel.Warning && (gate.IsOpen || category?.StartsWith("Jina.", StringComparison.Ordinal) is true));
    }

    /// <summary>A start that fails ends the command with a line of its own, so the web server must not log it too.</summary>
    private sealed class StartGate : IHostedLifecycleService
    {
        private volatile bool _isOpen;

        public bool IsOpen => _isOpen;

        public Task StartedAsync(CancellationToken cancellationToken)
        {
            _isOpen = true;
            return Task.CompletedTask;
        }

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
