using System.Numerics.Tensors;
using Jina.Extensions.AI.Graph;
using Microsoft.ML.OnnxRuntime;

namespace Jina.Extensions.AI.Inference;

/// <summary>
/// Runs micro-batches on a model's two ONNX Runtime sessions: a single-threaded one, so that several runs side by side use all
/// cores, and a multi-threaded one for a run that has the machine to itself.
/// </summary>
/// <remarks>
/// Both sessions share the model's weights. The multi-threaded session is opened in the background after a few runs that could
/// have used it, so a process that embeds one text and exits does not pay for it. Its matrices are read from the files again, so its
/// first vectors are compared with those of the other session. If they differ, the files have changed, and it is never used.
/// </remarks>
internal sealed class InferenceRunner : IInferenceRunner, IDisposable
{
    /// <summary>The number of lone runs before the multi-threaded session is opened.</summary>
    private const int LoneRunsBeforeOpening = 2;

    /// <summary>
    /// The largest distance between two vectors of texts of the same weights, relative to their length. Differences of rounding are at most
    /// a fifth of it, in int8. Those of single tokens can be larger.
    /// </summary>
    private const float Tolerance = 0.005f;

    private readonly EncoderSession _singleThreaded;
    private readonly Func<EncoderSession>? _openMultiThreaded;
    private readonly bool _releaseMemory;
    private readonly SharedWeights? _weights;
    private readonly bool _ownsWeights;
    private readonly Lock _lock = new();
    private Task<EncoderSession>? _multiThreaded;
    private int _loneRuns;
    private volatile bool _isCompared;
    private volatile bool _isRejected;

    /// <summary>Initializes a runner over open sessions.</summary>
    /// <param name="singleThreaded">The single-threaded session.</param>
    /// <param name="openMultiThreaded">
    /// A function that opens the multi-threaded session. If <see langword="null"/>, there is only one session.
    /// </param>
    /// <param name="releaseMemory">Whether a run that leaves no text waiting returns its memory to the system.</param>
    /// <param name="weights">The weights that both sessions share, or <see langword="null"/> if each session has its own.</param>
    /// <param name="ownsWeights">Whether the weights are disposed after the sessions.</param>
    public InferenceRunner(
        EncoderSession singleThreaded,
        Func<EncoderSession>? openMultiThreaded,
        bool releaseMemory,
        SharedWeights? weights,
        bool ownsWeights = true)
    {
        _singleThreaded = singleThreaded;
        _openMultiThreaded = openMultiThreaded;
        _releaseMemory = releaseMemory;
        _weights = weights;
        _ownsWeights = ownsWeights;
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
            return Open(graph, options, denseFollows, weights, ownsWeights: true);
        }
        catch
        {
            weights?.Dispose();
            throw;
        }
    }

    /// <summary>Opens the sessions of another graph over the same weights. They must be disposed before this runner.</summary>
    /// <inheritdoc cref="Open(EncoderGraph, JinaEmbeddingOptions, bool)"/>
    public InferenceRunner OpenOther(EncoderGraph graph, JinaEmbeddingOptions options) =>
        Open(graph, options, denseFollows: false, _weights, ownsWeights: false);

    public float[][] Run(IReadOnlyList<T5Encoding> texts, OtherWork others, CancellationToken cancellationToken)
    {
        var releaseMemory = _releaseMemory && others.Waiting == 0;
        if (!others.IsNone || MultiThreadedIfOpen() is not { } multiThreaded)
        {
            return _singleThreaded.Run(texts, cancellationToken, releaseMemory);
        }

        var vectors = multiThreaded.Run(texts, cancellationToken, releaseMemory);
        return _isCompared ? vectors : Compare(vectors, _singleThreaded.Run(texts, cancellationToken, releaseMemory));
    }

    /// <summary>
    /// Opens the multi-threaded session, if there is one, without waiting for lone runs. The task completes even if opening fails,
    /// because the other session can run everything.
    /// </summary>
    public Task OpenMultiThreadedAsync()
    {
        if (_openMultiThreaded is null)
        {
            return Task.CompletedTask;
        }

        lock (_lock)
        {
            return Task.WhenAny(_multiThreaded ??= Task.Run(_openMultiThreaded));
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
        if (_ownsWeights)
        {
            _weights?.Dispose();
        }
    }

    private static InferenceRunner Open(
        EncoderGraph graph, JinaEmbeddingOptions options, bool denseFollows, SharedWeights? weights, bool ownsWeights)
    {
        var settings = new SessionSettings
        {
            Weights = weights,
            MappedFiles = weights is null ? [.. graph.Weights.Select(static weight => weight.Entry.File).Distinct()] : [],
            Configure = options.ConfigureSession,
            DenseFollows = denseFollows,
        };
        var multiThreaded = settings with { Threads = options.ThreadCount };
        return new InferenceRunner(
            EncoderSession.Open(graph.Path, settings),
            weights is { AreShared: true } && options.ThreadCount > 1 ? () => EncoderSession.Open(graph.Path, multiThreaded) : null,
            options.ReleaseMemoryWhenIdle,
            weights,
            ownsWeights);
    }

    /// <summary>Accepts or rejects the multi-threaded session by its first vectors. Returns the vectors of the other session.</summary>
    private float[][] Compare(float[][] found, float[][] expected)
    {
        // Vectors that are not finite decide nothing.
        if (expected.All(static vector => TensorPrimitives.IsFiniteAll<float>(vector)))
        {
            _isRejected = !expected.Zip(found).All(pair => AreClose(AddSpans(pair.First), AddSpans(pair.Second)));
            _isCompared = !_isRejected;
        }

        return expected;
    }

    private static bool AreClose(float[] expected, float[] found) =>
        TensorPrimitives.Distance<float>(expected, found) <= Tolerance * TensorPrimitives.Norm<float>(expected);

    /// <summary>Returns the sum of a text's spans, which is as exact as the vector of a text. That vector itself is not changed.</summary>
    private float[] AddSpans(float[] sums)
    {
        var sum = new float[Dimensions];
        for (var start = 0; start < sums.Length; start += Dimensions)
        {
            TensorPrimitives.Add(sum, sums.AsSpan(start, Dimensions), sum);
        }

        return sum;
    }

    private EncoderSession? MultiThreadedIfOpen()
    {
        if (_isRejected)
        {
            return null;
        }

        if (_multiThreaded is null && Interlocked.Increment(ref _loneRuns) > LoneRunsBeforeOpening)
        {
            OpenMultiThreadedAsync();
        }

        return _multiThreaded is { IsCompletedSuccessfully: true } ? _multiThreaded.Result : null;
    }
}
