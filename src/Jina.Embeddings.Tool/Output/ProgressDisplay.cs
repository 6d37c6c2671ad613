using System.Diagnostics;
using System.Globalization;
using Jina.Extensions.AI;
using Spectre.Console;

namespace Jina.Embeddings.Tool.Output;

/// <summary>
/// Shows the progress of a download, of a quantization or of embedding on stderr, from the first report until disposal.
/// Shows nothing if stderr is not a terminal. Only one display may be open at a time.
/// </summary>
internal sealed class ProgressDisplay :
    IProgress<ModelDownloadProgress>, IProgress<WeightQuantizationProgress>, IEmbedProgressReport
{
    private const int MillisecondsBetween = 100;

    /// <summary>The width from which a bar of 40 characters and the sizes fit into a line.</summary>
    private const int WideTerminal = 100;

    // By default, Spectre.Console considers a terminal interactive only if stdin and stdout are not redirected.
    private static readonly IAnsiConsole Terminal = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Error),
        Interactive = InteractionSupport.Yes,
    });

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private Task _display = Task.CompletedTask;
    private ProgressTask? _task;
    private long _lastTexts;

    public void Report(ModelDownloadProgress value)
    {
        var description = string.Create(CultureInfo.InvariantCulture, $"{value.File} {value.BytesPerSecond / 1e6:F1} MB/s");
        Show(description, value.BytesReceived, value.TotalBytes);
    }

    public void Report(WeightQuantizationProgress value) => Show("Quantizing the weights (once)", value.BytesDone, value.TotalBytes);

    /// <summary>Reports the number of texts that were embedded.</summary>
    /// <param name="texts">The number of texts.</param>
    /// <param name="bytes">The number of bytes of the input up to the last of them.</param>
    /// <param name="totalBytes">The size of the input in bytes, or <see langword="null"/> if it is unknown.</param>
    public void Report(long texts, long bytes = 0, long? totalBytes = null)
    {
        var elapsed = _watch.ElapsedMilliseconds;
        if (elapsed - _lastTexts >= MillisecondsBetween)
        {
            _lastTexts = elapsed;
            var description = string.Create(CultureInfo.InvariantCulture, $"{texts:N0} texts, {texts * 1000.0 / elapsed:N0}/s");
            Show(description, bytes, totalBytes);
        }
    }

    public void Report(EmbedProgress progress) => Report(progress.Records, progress.Bytes, progress.TotalBytes);

    /// <summary>Erases the display, so that later lines are not overwritten.</summary>
    public void Complete(EmbedProgress progress) => Dispose();

    /// <summary>Erases the display. Later reports show nothing.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed.TrySetResult();
        }

        _display.GetAwaiter().GetResult();
    }

    private void Show(string description, double value, double? total)
    {
        // On a terminal without ANSI sequences, Spectre.Console prints percentages, which do not exist without a total.
        if (Console.IsErrorRedirected || (total is null && Terminal.Profile.Capabilities is not { Ansi: true, Interactive: true }))
        {
            return;
        }

        lock (_lock)
        {
            if (_disposed.Task.IsCompleted)
            {
                return;
            }

            if (_task is null)
            {
                Start(Markup.Escape(description), indeterminate: total is null);
            }

            _task!.Description = Markup.Escape(description);
            _task.MaxValue = total ?? double.PositiveInfinity;
            _task.Value = value;
        }
    }

    private void Start(string description, bool indeterminate)
    {
        ProgressColumn[] columns = (indeterminate, Terminal.Profile.Width >= WideTerminal) switch
        {
            (true, _) => [new SpinnerColumn(), new TaskDescriptionColumn()],
            (false, true) =>
            [
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(),
                new RemainingTimeColumn(),
            ],
            (false, false) => [new TaskDescriptionColumn(), new PercentageColumn(), new RemainingTimeColumn()],
        };
        _display = Terminal.Progress().AutoClear(true).Columns(columns).StartAsync(context =>
        {
            _task = context.AddTask(description);
            return _disposed.Task;
        });
    }
}
