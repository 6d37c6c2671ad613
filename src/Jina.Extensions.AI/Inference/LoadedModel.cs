using Jina.Extensions.AI.Acquisition;

namespace Jina.Extensions.AI.Inference;

/// <summary>A model that is ready to run.</summary>
internal sealed class LoadedModel : IDisposable
{
    private LoadedModel(EncoderSession session, string graphPath, int maxTokens, int? vocabularySize, bool normalizes)
    {
        Session = session;
        GraphPath = graphPath;
        MaxTokens = maxTokens;
        VocabularySize = vocabularySize;
        Normalizes = normalizes;
    }

    public EncoderSession Session { get; }

    public string GraphPath { get; }

    /// <summary>Gets the most ids of a text, the options' limit applied.</summary>
    public int MaxTokens { get; }

    /// <summary>Gets the number of ids that the embedding table has rows for, where it is known.</summary>
    public int? VocabularySize { get; }

    /// <summary>Gets whether vectors leave with unit length.</summary>
    public bool Normalizes { get; }

    public static LoadedModel Load(string folder, JinaEmbeddingOptions options)
    {
        var contents = ModelFolder.Open(folder, options.PreferOnnxExport);
        var maxTokens = TokenBudget.Of(options, contents.Pipeline.MaxTokens, folder);
        var graph = contents.EnsureGraph(ModelCache.Root(options.CacheDirectory));
        var session = EncoderSession.Open(graph, denseFollows: contents.ExportPath is not null && contents.Pipeline.Dense is not null);
        return new LoadedModel(session, graph, maxTokens, contents.Checkpoint?.Config.VocabularySize, options.Normalize || contents.Pipeline.Normalize);
    }

    public void Dispose() => Session.Dispose();
}
