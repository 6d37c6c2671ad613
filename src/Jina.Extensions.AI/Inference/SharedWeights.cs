using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Graph;
using Microsoft.ML.OnnxRuntime;
using OrtType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace Jina.Extensions.AI.Inference;

/// <summary>Provides a graph's weights to all of its sessions, so that no run reads a mapped file that other programs can change.</summary>
/// <remarks>
/// <para>ONNX Runtime packs matrices into memory of its own while it opens a session. The other weights are read by every run. They are
/// copied into memory of this process: the embedding table row by row, when a text needs them first, and the others at once.</para>
/// <para>Matrices are mapped from the file. ONNX Runtime shares packed matrices between sessions only if the caller owns the originals
/// (<c>AddInitializer</c>), which must then be readable as long as a session exists. They are not read after packing. So their pages
/// are released during and after packing, and the process never holds both copies of all matrices.</para>
/// </remarks>
internal sealed class SharedWeights : IDisposable
{
    private const int ReleaseMilliseconds = 5;

    private readonly Dictionary<string, WatchedFile> _watched;
    private readonly Dictionary<string, MappedFile> _mapped = new(StringComparer.Ordinal);
    private readonly List<WeightCopy> _copies = [];
    private EmbeddingRows? _rows;
    private readonly List<(string Name, OrtValue Value)> _values = [];
    private readonly PrePackedWeightsContainer _packed = new();

    private SharedWeights(EncoderGraph graph)
    {
        _watched = new(StringComparer.Ordinal);
        AreShared = graph.Weights.All(static weight => weight.Use != WeightUse.Packed || IsShareable(weight.Entry.ElementType));
    }

    /// <summary>
    /// Gets a value indicating whether several sessions share the packed matrices. Each session casts half-precision matrices for itself.
    /// </summary>
    public bool AreShared { get; }

    /// <summary>Opens the weights of a graph. Returns <see langword="null"/> for a foreign graph, which has its own weights.</summary>
    /// <exception cref="JinaModelException">A file cannot be read, or is too short.</exception>
    public static SharedWeights? Map(EncoderGraph graph)
    {
        if (graph.Weights.Count == 0)
        {
            return null;
        }

        var weights = new SharedWeights(graph);
        try
        {
            foreach (var byFile in graph.Weights.GroupBy(weight => weight.Entry.File))
            {
                weights.Add(byFile.Key, [.. byFile]);
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
    /// <exception cref="JinaModelException">A file has changed since the weights were opened.</exception>
    public InferenceSession Open(string path, SessionOptions options)
    {
        foreach (var (name, value) in _values)
        {
            options.AddInitializer(name, value);
        }

        ThrowIfChanged();
        var session = OpenSession(path, options);
        try
        {
            ThrowIfChanged();
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Reads the embeddings of the tokens. Called before each run.</summary>
    /// <exception cref="JinaModelException">A row was not read before, and the file has changed since it was opened.</exception>
    public void ReadRows(IReadOnlyList<T5Encoding> texts) => _rows?.Read(texts);

    public void Dispose()
    {
        _packed.Dispose();
        _values.ForEach(static value => value.Value.Dispose());
        _rows?.Dispose();
        _copies.ForEach(static copy => copy.Dispose());
        foreach (var file in _mapped.Values)
        {
            file.Dispose();
        }

        foreach (var file in _watched.Values)
        {
            file.Dispose();
        }
    }

    private InferenceSession OpenSession(string path, SessionOptions options)
    {
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

    /// <summary>Checks the files. ONNX Runtime also reads some small weights by the names of the files.</summary>
    private void ThrowIfChanged()
    {
        foreach (var file in _watched.Values)
        {
            file.ThrowIfReplaced();
        }
    }

    private void Add(string path, ExternalWeight[] weights)
    {
        _watched.Add(path, new WatchedFile(path));
        using var file = BoundedFile.Open(path);
        foreach (var weight in weights.Where(static weight => weight.Use != WeightUse.Packed))
        {
            if (weight.Use == WeightUse.Rows && EmbeddingRows.CanRead(weight.Entry))
            {
                _rows = new EmbeddingRows(_watched[path], weight.Entry);
                AddValue(weight, _rows.Address);
            }
            else
            {
                var copy = new WeightCopy(file, weight.Entry.Offset, weight.Entry.Length);
                _copies.Add(copy);
                AddValue(weight, copy.Address);
            }
        }

        if (AreShared && weights.Any(static weight => weight.Use == WeightUse.Packed))
        {
            var mapped = new MappedFile(_watched[path]);
            _mapped.Add(path, mapped);
            foreach (var weight in weights.Where(static weight => weight.Use == WeightUse.Packed))
            {
                AddValue(weight, mapped.AddressOf(weight.Entry.Offset, weight.Entry.Length));
            }
        }
    }

    private void AddValue(ExternalWeight weight, nint address) => _values.Add((weight.Entry.Name, OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance, TypeOf(weight.Entry.ElementType), weight.Shape, address, weight.Entry.Length)));

    private void ReleasePagesUntil(ManualResetEventSlim packed)
    {
        bool done;
        do
        {
            done = packed.Wait(ReleaseMilliseconds);
            foreach (var file in _mapped.Values)
            {
                file.ReleasePages();
            }
        }
        while (!done);
    }

    private static bool IsShareable(TensorElementType type) => type is TensorElementType.Float32 or TensorElementType.Int8;

    private static OrtType TypeOf(TensorElementType type) => type switch
    {
        TensorElementType.Float16 => OrtType.Float16,
        TensorElementType.BFloat16 => OrtType.BFloat16,
        TensorElementType.Int8 => OrtType.Int8,
        _ => OrtType.Float,
    };
}
