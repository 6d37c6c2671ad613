using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Loads the model of a command; the terminal shows what takes long only the first time.</summary>
internal static class ModelLoad
{
    public static async Task<JinaEmbeddingGenerator> RunAsync(JinaEmbeddingOptions options, CancellationToken cancellationToken)
    {
        await DownloadBar.ResolveAsync(new ModelStore(), options.Model, cancellationToken);
        using var quantizing = new QuantizationLine();
        options.QuantizationProgress = quantizing;
        return await JinaEmbeddingGenerator.CreateAsync(options, cancellationToken: cancellationToken);
    }
}
