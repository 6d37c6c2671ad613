using System.Diagnostics;
using System.Globalization;
using RagConsole.Ingestion;
using Spectre.Console;

namespace RagConsole.Output;

/// <summary>How far an ingest is, how fast, and how long it will take, on stderr: a bar on a terminal, elsewhere a line now and then.</summary>
internal static class IngestBar
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    /// <summary>Runs an ingest of so many bytes.</summary>
    public static Task<IngestCounts> RunAsync(string title, long totalBytes, Func<Action<IngestProgress>, Task<IngestCounts>> ingest) =>
        Console.IsErrorRedirected ? ingest(new Lines(title, totalBytes).Report) : Status.Console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var clock = Stopwatch.StartNew();
                var bar = context.AddTask(Markup.Escape(title), maxValue: Math.Max(1, totalBytes));
                return ingest(progress =>
                {
                    bar.Value = progress.Bytes;
                    bar.Description = Markup.Escape($"{title}, {Rate(progress, clock)}");
                });
            });

    private static string Rate(IngestProgress progress, Stopwatch clock) =>
        string.Create(CultureInfo.InvariantCulture, $"{progress.Embedded} passages embedded, {progress.Embedded / clock.Elapsed.TotalSeconds:F0}/s");

    private sealed class Lines(string title, long totalBytes)
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private TimeSpan _next = LineInterval;

        public void Report(IngestProgress progress)
        {
            if (_clock.Elapsed >= _next && progress.Bytes > 0)
            {
                _next = _clock.Elapsed + LineInterval;
                var left = TimeSpan.FromSeconds(_clock.Elapsed.TotalSeconds * (totalBytes - progress.Bytes) / progress.Bytes);
                Status.Note(string.Create(CultureInfo.InvariantCulture, $"{title}: {100 * progress.Bytes / Math.Max(1, totalBytes)} %, {Rate(progress, _clock)}, {left:hh\\:mm\\:ss} left"));
            }
        }
    }
}
