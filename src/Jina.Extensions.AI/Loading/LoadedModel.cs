using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Inference;

namespace Jina.Extensions.AI.Loading;

/// <summary>A model that is ready to run.</summary>
internal sealed class LoadedModel : IDisposable
{
    private LoadedModel(InferenceRunner runner, string graphPath, int maxTokens, int? vocabularySize, bool alwaysUnitLength)
    {
        Runner = runner;
        GraphPath = graphPath;
        MaxTokens = maxTokens;
        VocabularySize = vocabularySize;
        AlwaysUnitLength = alwaysUnitLength;
    }

    /// <summary>Gets the runner of the model's micro-batches.</summary>
    public InferenceRunner Runner { get; }

    public string GraphPath { get; }

    /// <summary>Gets the most ids of a text, the options' limit applied.</summary>
    public int MaxTokens { get; }

    /// <summary>Gets the number of ids that the embedding table has rows for, where it is known.</summary>
    public int? VocabularySize { get; }

    /// <summary>Gets whether the checkpoint itself scales its vectors to unit length, whatever the caller wishes.</summary>
    public bool AlwaysUnitLength { get; }

    public static LoadedModel Load(string folder, JinaEmbeddingOptions options)
    {
        var contents = ModelFolder.Open(folder, options.PreferOnnxExport);
        var maxTokens = TokenBudget.Of(options, contents.Pipeline.MaxTokens, folder);
        var graph = contents.EnsureGraph(ModelCache.Root(options.CacheDirectory), options.Precision, options.WeightQuantizationProgress);
        var denseFollows = contents.ExportPath is not null && contents.Pipeline.Dense is not null;
        var runner = InferenceRunner.Open(graph, options, denseFollows);
        return new LoadedModel(runner, graph.Path, maxTokens, contents.Checkpoint?.Config.VocabularySize, contents.Pipeline.Normalize);
    }

    public void Dispose() => Runner.Dispose();
}
