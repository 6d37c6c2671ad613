using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Graph;
using Microsoft.ML.OnnxRuntime;
using OrtType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace Jina.Extensions.AI.Inference;

/// <summary>Maps a graph's weights once for all of its sessions. The sessions also share the packed copies of the weights.</summary>
/// <remarks>
/// ONNX Runtime shares packed weights only if the caller owns the weights (<c>AddInitializer</c>). Otherwise, each session packs its
/// own copy. The caller's weights must stay readable as long as a session exists, but they are not read after packing. So their
/// pages are released during and after packing, and the process never holds both copies of all weights.
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

    /// <summary>Maps the weights of a graph, or returns <see langword="null"/> if sharing them has no benefit.</summary>
    /// <remarks>Each session casts half-precision weights for itself at load. A foreign graph has its own weights.</remarks>
    public static SharedWeights? Map(EncoderGraph graph)
    {
        if (graph.Weights.Count == 0 || !graph.Weights.All(static weight => IsShareable(weight.Entry.ElementType)))
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

    /// <summary>Opens a session over these weights.</summary>
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
            // The thread has ended before the weights can be disposed, so it cannot release pages of other memory.
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

    private static bool IsShareable(TensorElementType type) => type is TensorElementType.Float32 or TensorElementType.Int8;

    private static OrtType TypeOf(TensorElementType type) => type == TensorElementType.Int8 ? OrtType.Int8 : OrtType.Float;
}
