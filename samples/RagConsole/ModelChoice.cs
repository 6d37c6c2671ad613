using System.Globalization;
using Jina.Extensions.AI;
using RagConsole.Output;

namespace RagConsole;

/// <summary>Represents the embedding model to use and the reason for choosing it.</summary>
internal sealed record ModelChoice(JinaEmbeddingModel Model, string Reason)
{
    private const string Auto = "auto";
    private const string Demo = "demo";
    private const string DemoQuality = "the demo model is weaker than the published models";

    /// <summary>A user who did not request a download should not wait long for a hub that cannot be reached.</summary>
    private static readonly TimeSpan ReachTimeout = TimeSpan.FromSeconds(4);

    private static readonly JinaEmbeddingModel DemoModel =
        JinaEmbeddingModel.FromDirectory(Path.Combine(AppContext.BaseDirectory, "models", "demo-en"));

    /// <summary>Gets the value of <c>--model</c> that selects this model.</summary>
    public string Argument => Model.Equals(DemoModel) ? Demo : Model.ToString();

    /// <summary>Converts the value of <c>--model</c>. Returns <see langword="null"/> for <c>auto</c>, which is decided later.</summary>
    /// <exception cref="ArgumentException">The value does not name a model.</exception>
    public static JinaEmbeddingModel? Parse(string value) => value switch
    {
        Auto => null,
        Demo => DemoModel,
        _ => JinaEmbeddingModel.Parse(value),
    };

    /// <summary>Returns a model that is on this machine. Downloads it if necessary; <c>auto</c> falls back to the demo model.</summary>
    /// <exception cref="JinaModelException">The requested model is not available.</exception>
    public static async Task<ModelChoice> DecideAsync(JinaEmbeddingModel? requested, CancellationToken cancellationToken)
    {
        if (requested is not null)
        {
            await DownloadAsync(new ModelStore(), requested, cancellationToken);
            return new(requested, requested.Equals(DemoModel) ? $"as requested; {DemoQuality}" : "as requested");
        }

        var preferred = JinaEmbeddingModel.SmallEnV1;
        try
        {
            await DownloadAsync(new ModelStore(new ModelStoreOptions { ReachTimeout = ReachTimeout }), preferred, cancellationToken);
            return new(preferred, "cached or downloaded from the hub");
        }
        catch (JinaModelException error)
        {
            // Only the cause: the advice in the message is for users who requested this model.
            var cause = (error.InnerException ?? error).Message.TrimEnd('.');
            return new(DemoModel, $"{preferred.Name} is not cached and cannot be downloaded now: {cause}; {DemoQuality}");
        }
    }

    private static Task<string> DownloadAsync(ModelStore store, JinaEmbeddingModel model, CancellationToken cancellationToken) =>
        store.TryLocate(model) is not null
            ? store.ResolveAsync(model, cancellationToken: cancellationToken)
            : ProgressDisplay.RunAsync(
                model.Name, progress => store.ResolveAsync(model, new DownloadProgress(progress), cancellationToken));

    /// <summary>Reports synchronously, unlike <see cref="Progress{T}"/>, which would report late from another thread.</summary>
    private sealed class DownloadProgress(Action<WorkProgress> report) : IProgress<ModelDownloadProgress>
    {
        public void Report(ModelDownloadProgress value)
        {
            var speed = string.Create(CultureInfo.InvariantCulture, $"{value.File} {value.BytesPerSecond / 1e6:F1} MB/s");
            report(new WorkProgress(value.BytesReceived, value.TotalBytes, speed));
        }
    }
}
