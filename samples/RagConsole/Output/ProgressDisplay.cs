using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace RagConsole.Output;

/// <summary>Represents how much of some work is done.</summary>
/// <param name="Done">The part that is done, in bytes or another unit.</param>
/// <param name="Total">The whole, in the same unit.</param>
/// <param name="Detail">A description of the current work.</param>
internal sealed record WorkProgress(long Done, long Total, string Detail);

/// <summary>Shows progress on stderr: a bar on a terminal, a line every few seconds if stderr is redirected.</summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    /// <summary>Runs work that reports its progress.</summary>
    public static async Task<T> RunAsync<T>(string title, Func<Action<WorkProgress>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work(new ProgressLines(title).Report);
        }

        return await Status.Console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(Printable.Name(title)), maxValue: double.PositiveInfinity);
                return await work(progress =>
                {
                    bar.MaxValue = Math.Max(1, progress.Total);
                    bar.Value = progress.Done;
                    bar.Description = Markup.Escape(Printable.Name($"{title}, {progress.Detail}"));
                });
            });
    }

    private sealed class ProgressLines(string title)
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private TimeSpan _next = LineInterval;

        public void Report(WorkProgress progress)
        {
            if (_clock.Elapsed < _next || progress.Done <= 0)
            {
                return;
            }

            _next = _clock.Elapsed + LineInterval;
            var percent = 100 * progress.Done / Math.Max(1, progress.Total);
            var left = TimeSpan.FromSeconds(_clock.Elapsed.TotalSeconds * (progress.Total - progress.Done) / progress.Done);
            Status.Note(string.Create(CultureInfo.InvariantCulture, $"{title}: {percent} %, {progress.Detail}, {left:hh\\:mm\\:ss} left"));
        }
    }
}
