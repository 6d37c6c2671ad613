using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph;
using Microsoft.ML.OnnxRuntime;
using OrtType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace Jina.Extensions.AI.Inference;

/// <summary>A graph's weights, given to every session that is made of it: one copy, also of what the runtime packs from them.</summary>
/// <remarks>
/// ONNX Runtime shares what it packs only for weights that the caller owns (<c>AddInitializer</c>); those that it reads
/// itself are packed anew by each session. The caller's must stay readable as long as a session lives, but once they
/// are packed nobody reads them, so their pages are released while and after a session packs: the process never holds
/// both copies of all weights.
/// </remarks>
internal sealed class SharedWeights : IDisposable
{
    private const int ReleaseMilliseconds = 5;

    private readonly Dictionary<string, MappedFile> _files = new(StringComparer.Ordinal);
    private readonly List<(string Name, OrtValue Value)> _values = [];
    private readonly PrePackedWeightsContainer _packed = new();

    private SharedWeights()
    {
    }

    /// <summary>Maps the weights of a graph, or returns null where sharing them would be in vain.</summary>
    /// <remarks>Half-precision weights are cast at load by each session for itself; a graph made elsewhere brings its own.</remarks>
    public static SharedWeights? Map(EncoderGraph graph)
    {
        if (graph.Weights.Count == 0 || graph.Weights.Any(weight => weight.Entry.ElementType is not (TensorElementType.Float32 or TensorElementType.Int8)))
        {
            return null;
        }

        var weights = new SharedWeights();
        try
        {
            foreach (var weight in graph.Weights)
            {
                weights.Add(weight);
            }

            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>Makes a session over these weights.</summary>
    public InferenceSession Open(string path, SessionOptions options)
    {
        foreach (var (name, value) in _values)
        {
            options.AddInitializer(name, value);
        }

        using var packed = new ManualResetEventSlim();
        var releasing = new Thread(() => ReleasePagesUntil(packed)) { IsBackground = true, Name = "jina-embeddings-load" };
        releasing.Start();
        try
        {
            return new InferenceSession(path, options, _packed);
        }
        finally
        {
            // Joined, so that no page is released that belongs to somebody else by then.
            packed.Set();
            releasing.Join();
        }
    }

    public void Dispose()
    {
        _packed.Dispose();
        _values.ForEach(static value => value.Value.Dispose());
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }
    }

    private void Add(ExternalWeight weight)
    {
        var entry = weight.Entry;
        if (!_files.TryGetValue(entry.File, out var file))
        {
            _files.Add(entry.File, file = new MappedFile(entry.File));
        }

        _values.Add((entry.Name, OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, TypeOf(entry.ElementType), weight.Shape, file.AddressOf(entry.Offset), entry.Length)));
    }

    private void ReleasePagesUntil(ManualResetEventSlim packed)
    {
        bool done;
        do
        {
            done = packed.Wait(ReleaseMilliseconds);
            foreach (var file in _files.Values)
            {
                file.ReleasePages();
            }
        }
        while (!done);
    }

    private static OrtType TypeOf(TensorElementType type) => type == TensorElementType.Int8 ? OrtType.Int8 : OrtType.Float;
}
