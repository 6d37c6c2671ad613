using Spectre.Console;

namespace RagConsole.Output;

/// <summary>A bar on stderr while something long runs; nothing where stderr is not a terminal.</summary>
internal static class ProgressBar
{
    /// <summary>Runs work that tells how many of a number of things are done.</summary>
    public static Task<T> RunAsync<T>(string title, int total, Func<Action<int>, Task<T>> work) =>
        Console.IsErrorRedirected
            ? work(static _ => { })
            : Status.Console.Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(context =>
                {
                    var bar = context.AddTask(title, maxValue: total);
                    return work(done => bar.Value = done);
                });
}
