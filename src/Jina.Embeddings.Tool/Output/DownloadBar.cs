using System.Globalization;
using Jina.Extensions.AI;
using Spectre.Console;

namespace Jina.Embeddings.Tool.Output;

/// <summary>A bar on stderr while a model is downloaded; nothing where stderr is no terminal, or where there is nothing to download.</summary>
internal static class DownloadBar
{
    private static readonly IAnsiConsole Terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Returns the model's folder, downloaded if it must be.</summary>
    public static Task<string> ResolveAsync(ModelStore store, JinaEmbeddingModel model, CancellationToken cancellationToken) =>
        store.TryLocate(model) is not null
            ? store.ResolveAsync(model, cancellationToken: cancellationToken)
            : ShowAsync(model, progress => store.ResolveAsync(model, progress, cancellationToken));

    /// <summary>Returns the model's folder after every file in it was verified; what is damaged or missing is downloaded.</summary>
    public static Task<string> RepairAsync(ModelStore store, JinaEmbeddingModel model, CancellationToken cancellationToken) =>
        ShowAsync(model, progress => store.RepairAsync(model, progress, cancellationToken));

    private static async Task<string> ShowAsync(JinaEmbeddingModel model, Func<IProgress<ModelDownloadProgress>?, Task<string>> work) =>
        Console.IsErrorRedirected
            ? await work(null)
            : await Terminal.Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new RemainingTimeColumn())
                .StartAsync(async context =>
                {
                    var bar = context.AddTask(model.Name, maxValue: double.PositiveInfinity);
                    return await work(new BarProgress(bar));
                });

    /// <summary>Not <see cref="Progress{T}"/>: it would report late, from another thread.</summary>
    private sealed class BarProgress(ProgressTask bar) : IProgress<ModelDownloadProgress>
    {
        public void Report(ModelDownloadProgress value)
        {
            bar.MaxValue = value.TotalBytes;
            bar.Value = value.BytesReceived;
            bar.Description = Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{value.File} {value.BytesPerSecond / 1e6:F1} MB/s"));
        }
    }
}
