using Jina.Extensions.AI.Acquisition;
using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Inference;
using Microsoft.ML.OnnxRuntime;

namespace Jina.Extensions.AI.Loading;

/// <summary>A model that is ready to run.</summary>
internal sealed class LoadedModel : IEncoder, IDisposable
{
    /// <summary>
    /// The fewest tokens of a lone run that several threads make faster: fp32 runs are split well, int8 runs are too
    /// short for it (docs/performance.md).
    /// </summary>
    private static readonly Dictionary<Precision, int> FewestTokensForThreads = new() { [Precision.Fp32] = 1, [Precision.Int8] = 128 };

    private readonly EncoderSessions _sessions;

    private LoadedModel(EncoderSessions sessions, string graphPath, int maxTokens, int? vocabularySize, bool alwaysUnitLength)
    {
        _sessions = sessions;
        GraphPath = graphPath;
        MaxTokens = maxTokens;
        VocabularySize = vocabularySize;
        AlwaysUnitLength = alwaysUnitLength;
    }

    /// <summary>Gets the length of an embedding.</summary>
    public int Dimensions => _sessions.Dimensions;

    /// <summary>Gets the runtime's session.</summary>
    public InferenceSession Session => _sessions.Session;

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
        var graph = contents.EnsureGraph(ModelCache.Root(options.CacheDirectory), options.Precision, options.QuantizationProgress);
        var sessions = OpenSessions(graph, options, denseFollows: contents.ExportPath is not null && contents.Pipeline.Dense is not null);
        return new LoadedModel(sessions, graph.Path, maxTokens, contents.Checkpoint?.Config.VocabularySize, contents.Pipeline.Normalize);
    }

    /// <remarks>Vectors are the encoder's own, not normalised.</remarks>
    public float[][] Run(IReadOnlyList<T5Encoding> texts, OtherWork others, CancellationToken cancellationToken) =>
        _sessions.Run(texts, others, cancellationToken);

    /// <summary>Opens what would else be opened once it is wanted.</summary>
    public Task OpenAllAsync(CancellationToken cancellationToken) => _sessions.OpenWideAsync().WaitAsync(cancellationToken);

    public void Dispose() => _sessions.Dispose();

    private static EncoderSessions OpenSessions(EncoderGraph graph, JinaEmbeddingOptions options, bool denseFollows)
    {
        // With a hook the session may run anywhere; what is shared here is memory of this processor.
        var weights = options.ConfigureSession is null ? SharedWeights.Map(graph) : null;
        try
        {
            var settings = new SessionSettings { Weights = weights, Configure = options.ConfigureSession, DenseFollows = denseFollows };
            return new EncoderSessions(
                EncoderSession.Open(graph.Path, settings),
                weights is not null && options.ThreadCount > 1 ? () => EncoderSession.Open(graph.Path, settings with { Threads = options.ThreadCount }) : null,
                FewestTokensForThreads[options.Precision],
                options.ReleaseMemoryWhenIdle,
                weights);
        }
        catch
        {
            weights?.Dispose();
            throw;
        }
    }
}
