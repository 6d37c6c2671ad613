using Jina.Extensions.AI.Acquisition;

namespace Jina.Extensions.AI.Inference;

/// <summary>A model that is ready to run.</summary>
internal sealed class LoadedModel : IDisposable
{
    private readonly Lazy<T5Tokenizer> _tokenizer;

    private LoadedModel(EncoderSession session, string graphPath, int maxTokens, bool normalizes, Lazy<T5Tokenizer> tokenizer)
    {
        Session = session;
        GraphPath = graphPath;
        MaxTokens = maxTokens;
        Normalizes = normalizes;
        _tokenizer = tokenizer;
    }

    public EncoderSession Session { get; }

    public string GraphPath { get; }

    /// <summary>Gets the most ids of a text, the options' limit applied.</summary>
    public int MaxTokens { get; }

    /// <summary>Gets whether vectors leave with unit length.</summary>
    public bool Normalizes { get; }

    /// <summary>Gets the tokenizer; a folder without one can still embed ids, so it is only read for text.</summary>
    public T5Tokenizer Tokenizer => _tokenizer.Value;

    public static LoadedModel Load(string folder, JinaEmbeddingOptions options, Lazy<T5Tokenizer> tokenizer)
    {
        var contents = ModelFolder.Open(folder, options.PreferOnnxExport);
        var limit = contents.Pipeline.MaxTokens;
        if (options.MaxTokens > limit)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.MaxTokens, $"{nameof(options.MaxTokens)} is above the {limit} tokens that {folder} allows.");
        }

        var graph = contents.EnsureGraph(ModelCache.Root(options.CacheDirectory));
        var session = EncoderSession.Open(graph, denseFollows: contents.ExportPath is not null && contents.Pipeline.Dense is not null);
        return new LoadedModel(session, graph, options.MaxTokens ?? limit, options.Normalize || contents.Pipeline.Normalize, tokenizer);
    }

    public void Dispose() => Session.Dispose();
}
