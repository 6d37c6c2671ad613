using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>Configures the log of the server: warnings and errors on stderr, one line each.</summary>
internal static class ServerLog
{
    public static void AddServerLog(this ILoggingBuilder logging, IServiceCollection services, LogFormat format)
    {
        var gate = new StartGate();
        services.AddSingleton<IHostedService>(gate);
        logging.AddConsole(options =>
        {
            options.FormatterName = format == LogFormat.Json ? JsonLineFormatter.FormatterName : LogLineFormatter.FormatterName;
            options.LogToStandardErrorThreshold = LogLevel.Trace;
        });

        // AddConsoleFormatter would bind options by reflection, and these formatters have no options.
        services.AddSingleton<ConsoleFormatter, LogLineFormatter>();
        services.AddSingleton<ConsoleFormatter, JsonLineFormatter>();
        logging.AddFilter((category, level) =>
            level >= LogLevel.Warning && (gate.IsOpen || category?.StartsWith("Jina.", StringComparison.Ordinal) is true));
    }

    /// <summary>
    /// Opens when the server has started. A failed start ends the command with an error line, so the web server must not log it as
    /// well.
    /// </summary>
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
