using Jina.Extensions.AI.Graph;
using Microsoft.ML.OnnxRuntime;

namespace Jina.Extensions.AI.Inference;

/// <summary>
/// Runs micro-batches on a model's two ONNX Runtime sessions: a single-threaded one, so that several runs side by side use all
/// cores, and a multi-threaded one for a run that has the machine to itself.
/// </summary>
/// <remarks>
/// Both sessions share the model's weights. The multi-threaded session is opened in the background after a few runs that could
/// have used it, so a process that embeds one text and exits does not pay for it.
/// </remarks>
internal sealed class InferenceRunner : IInferenceRunner, IDisposable
{
    /// <summary>The number of lone runs before the multi-threaded session is opened.</summary>
    private const int LoneRunsBeforeOpening = 2;

    private readonly EncoderSession _singleThreaded;
    private readonly Func<EncoderSession>? _openMultiThreaded;
    private readonly int _fewestTokens;
    private readonly bool _releaseMemory;
    private readonly SharedWeights? _weights;
    private readonly Lock _lock = new();
    private Task<EncoderSession>? _multiThreaded;
    private int _loneRuns;

    /// <summary>Initializes a runner over open sessions.</summary>
    /// <param name="singleThreaded">The single-threaded session.</param>
    /// <param name="openMultiThreaded">
    /// A function that opens the multi-threaded session. If <see langword="null"/>, there is only one session.
    /// </param>
    /// <param name="fewestTokens">The fewest tokens for which several threads are faster.</param>
    /// <param name="releaseMemory">Whether a run that leaves no text waiting returns its memory to the system.</param>
    /// <param name="weights">The weights that both sessions share. They are disposed after the sessions.</param>
    public InferenceRunner(
        EncoderSession singleThreaded,
        Func<EncoderSession>? openMultiThreaded,
        int fewestTokens,
        bool releaseMemory,
        SharedWeights? weights)
    {
        _singleThreaded = singleThreaded;
        _openMultiThreaded = openMultiThreaded;
        _fewestTokens = fewestTokens;
        _releaseMemory = releaseMemory;
        _weights = weights;
    }

    /// <summary>Gets the length of an embedding.</summary>
    public int Dimensions => _singleThreaded.Dimensions;

    /// <summary>Gets the ONNX Runtime session.</summary>
    public InferenceSession Session => _singleThreaded.Session;

    /// <summary>Opens the sessions of a graph.</summary>
    /// <param name="graph">The graph and its external weights.</param>
    /// <param name="options">The generator's options.</param>
    /// <param name="denseFollows">Whether the model has a Dense module that a graph without pooling cannot contain.</param>
    /// <exception cref="JinaModelException">The graph is damaged, or this library cannot call it.</exception>
    public static InferenceRunner Open(EncoderGraph graph, JinaEmbeddingOptions options, bool denseFollows)
    {
        // With a hook, the session may run on any device. Shared weights are memory of this processor.
        var weights = options.ConfigureSession is null ? SharedWeights.Map(graph) : null;
        try
        {
            var settings = new SessionSettings { Weights = weights, Configure = options.ConfigureSession, DenseFollows = denseFollows };
            var multiThreaded = settings with { Threads = options.ThreadCount };
            return new InferenceRunner(
                EncoderSession.Open(graph.Path, settings),
                weights is not null && options.ThreadCount > 1 ? () => EncoderSession.Open(graph.Path, multiThreaded) : null,
                FewestTokensForThreads(options.Precision),
                options.ReleaseMemoryWhenIdle,
                weights);
        }
        catch
        {
            weights?.Dispose();
            throw;
        }
    }

    public float[][] Run(IReadOnlyList<T5Encoding> texts, OtherWork others, CancellationToken cancellationToken)
    {
        var session = others.IsNone && texts.Sum(text => text.Ids.Count) >= _fewestTokens ? MultiThreadedIfOpen() : _singleThreaded;
        return session.Run(texts, cancellationToken, _releaseMemory && others.Waiting == 0);
    }

    /// <summary>Opens the multi-threaded session, if there is one, without waiting for lone runs.</summary>
    public Task OpenMultiThreadedAsync()
    {
        if (_openMultiThreaded is null)
        {
            return Task.CompletedTask;
        }

        lock (_lock)
        {
            return _multiThreaded ??= Task.Run(_openMultiThreaded);
        }
    }

    public void Dispose()
    {
        if (_multiThreaded is { } multiThreaded)
        {
            // If opening it failed, the session was never used and the failure does not matter.
            Task.WhenAny(multiThreaded).GetAwaiter().GetResult();
            if (multiThreaded.IsCompletedSuccessfully)
            {
                multiThreaded.Result.Dispose();
            }
        }

        _singleThreaded.Dispose();
        _weights?.Dispose();
    }

    /// <summary>
    /// Returns the fewest tokens of a lone run that several threads make faster. An fp32 run divides well; a short int8 run does
    /// not (docs/performance.md).
    /// </summary>
    private static int FewestTokensForThreads(Precision precision) => precision == Precision.Int8 ? 128 : 1;

    private EncoderSession MultiThreadedIfOpen()
    {
        if (_multiThreaded is null && Interlocked.Increment(ref _loneRuns) > LoneRunsBeforeOpening)
        {
            OpenMultiThreadedAsync();
        }

        return _multiThreaded is { IsCompletedSuccessfully: true } ? _multiThreaded.Result : _singleThreaded;
    }
}
