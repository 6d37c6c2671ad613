using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Downloads and loads the models of commands, and shows the progress on a terminal.</summary>
internal static class ModelLoader
{
    /// <summary>Returns the path of the model directory. The model is downloaded if it is not cached.</summary>
    public static async Task<string> DownloadAsync(JinaEmbeddingModel model, CancellationToken cancellationToken)
    {
        using var progress = new ProgressDisplay();
        return await new ModelStore().ResolveAsync(model, progress, cancellationToken);
    }

    public static async Task<JinaEmbeddingGenerator> LoadAsync(JinaEmbeddingOptions options, CancellationToken cancellationToken)
    {
        await DownloadAsync(options.Model, cancellationToken);
        using var progress = new ProgressDisplay();
        options.WeightQuantizationProgress = progress;
        return await JinaEmbeddingGenerator.CreateAsync(options, cancellationToken: cancellationToken);
    }
}
