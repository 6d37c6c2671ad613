using System.Buffers;
using System.Numerics;
using Jina.Extensions.AI.Models;
using Jina.Extensions.AI.OnnxExports;
using Microsoft.ML.OnnxRuntime;

namespace Jina.Extensions.AI.Inference;

/// <summary>Runs an encoder graph in ONNX Runtime. Safe for concurrent use.</summary>
internal sealed class EncoderSession : IDisposable
{
    private static readonly string[] InputNames = [EncoderValueNames.InputIds, EncoderValueNames.AttentionMask];

    private readonly string _path;
    private readonly EncoderContract _contract;
    private readonly string[] _outputNames;
    private readonly IReadOnlyList<WatchedFile> _mapped;
    private readonly SharedWeights? _weights;

    private EncoderSession(
        string path, InferenceSession session, EncoderContract contract, IReadOnlyList<WatchedFile> mapped, SharedWeights? weights)
    {
        _path = path;
        _weights = weights;
        _mapped = mapped;
        Session = session;
        _contract = contract;
        _outputNames = [contract.OutputName];
        Dimensions = session.OutputMetadata[contract.OutputName].Dimensions[^1];
    }

    /// <summary>Gets the ONNX Runtime session.</summary>
    public InferenceSession Session { get; }

    /// <summary>Gets the length of an embedding.</summary>
    public int Dimensions { get; private set; }

    /// <summary>Opens a graph.</summary>
    /// <param name="path">The path of the graph.</param>
    /// <param name="settings">The settings of the session. If <see langword="null"/>, the defaults are used.</param>
    /// <exception cref="JinaModelException">The graph is damaged, or this library cannot call it.</exception>
    public static EncoderSession Open(string path, SessionSettings? settings = null)
    {
        settings ??= new SessionSettings();
        var files = ModelFileNames.IsGeneratedGraph(path) ? settings.MappedFiles : OnnxExportCheck.Check(path);
        RuntimeTelemetry.Disable();
        var mapped = new List<WatchedFile>();
        InferenceSession? session = null;
        EncoderSession? opened = null;

        // Outside of the handler below, because an exception of the caller's hook does not mean that the graph is damaged.
        using var options = settings.CreateOptions();
        try
        {
            mapped.AddRange(files.Select(static file => new WatchedFile(file)));
            session = settings.Weights?.Open(path, options) ?? new InferenceSession(path, options);
            var contract = EncoderContract.Create(path, Describe(session.InputMetadata), Describe(session.OutputMetadata));
            var encoder = new EncoderSession(path, session, contract, mapped, settings.Weights);
            mapped.ForEach(static file => file.ThrowIfReplaced());
            if (settings.DenseFollows && !contract.Pooled)
            {
                throw new JinaModelException(
                    path,
                    "The export ends before the pooling, but modules.json has a Dense module after it. "
                    + "Export the whole sentence-transformers model, or add the checkpoint's weights.");
            }

            if (encoder.Dimensions <= 0)
            {
                // A foreign graph may not declare the dimension, so it is read from the vector of one token.
                encoder.Dimensions = encoder.Run([new T5Encoding([1], truncated: false)], CancellationToken.None)[0].Length;
            }

            return opened = encoder;
        }
        catch (OnnxRuntimeException e)
        {
            throw new JinaModelException(
                path,
                $"ONNX Runtime cannot load this graph ({e.Message}). "
                + "If the graph is an export, export it again. Otherwise, delete the file, and it will be created again.",
                e);
        }
        finally
        {
            if (opened is null)
            {
                session?.Dispose();
                mapped.ForEach(static file => file.Dispose());
            }
        }
    }

    /// <summary>Runs one micro-batch, padded to its longest text.</summary>
    /// <param name="texts">The token IDs of the texts.</param>
    /// <param name="cancellationToken">The token that stops the run.</param>
    /// <param name="releaseMemory">Whether the memory of the runs is returned to the system afterwards.</param>
    /// <param name="shortest">The length that texts are padded to at least.</param>
    /// <returns>
    /// One vector per text, as the graph computes it (not normalized), or the result of <see cref="TokenPooling.Pool"/> if the graph
    /// returns a vector per token.
    /// </returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="JinaModelException">
    /// The graph fails, its output does not match its declaration, or a file that the runtime reads during a run has changed.
    /// </exception>
    public float[][] Run(
        IReadOnlyList<T5Encoding> texts, CancellationToken cancellationToken, bool releaseMemory = false, int shortest = 0)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var length = shortest;
        for (var i = 0; i < texts.Count; i++)
        {
            length = Math.Max(length, texts[i].Ids.Count);
        }

        using var runOptions = new RunOptions();
        if (releaseMemory)
        {
            runOptions.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
        }

        using var registration = cancellationToken.Register(static options => ((RunOptions)options!).Terminate = true, runOptions);
        try
        {
            ThrowIfWritten();
            _weights?.ReadRows(texts);
            var vectors = _contract.UsesInt64 ? Run<long>(texts, length, runOptions) : Run<int>(texts, length, runOptions);
            ThrowIfWritten();
            return vectors;
        }
        catch (OnnxRuntimeException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            throw new JinaModelException(
                _path,
                $"ONNX Runtime cannot run this graph ({e.Message}). "
                + "If memory ran out, use smaller micro-batches. If the graph is an export, export it again.",
                e);
        }
    }

    public void Dispose()
    {
        Session.Dispose();
        foreach (var file in _mapped)
        {
            file.Dispose();
        }
    }

    private void ThrowIfWritten()
    {
        foreach (var file in _mapped)
        {
            file.ThrowIfWritten();
        }
    }

    private static GraphValue[] Describe(IReadOnlyDictionary<string, NodeMetadata> values) =>
        [.. values.Select(value => Describe(value.Key, value.Value))];

    private static GraphValue Describe(string name, NodeMetadata value) => value.IsTensor
        ? new GraphValue(
            name,
            value.ElementType.Name,
            [.. value.SymbolicDimensions.Zip(value.Dimensions, (symbol, size) => size >= 0 ? $"{size}" : symbol)])
        : new GraphValue(name, "(not a tensor)", null);

    private float[][] Run<T>(IReadOnlyList<T5Encoding> texts, int length, RunOptions runOptions)
        where T : unmanaged, INumberBase<T>
    {
        var size = texts.Count * length;
        var ids = ArrayPool<T>.Shared.Rent(size);
        var mask = ArrayPool<T>.Shared.Rent(size);
        try
        {
            Fill(texts, length, ids, mask);
            long[] shape = [texts.Count, length];
            using var idsValue = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, ids.AsMemory(0, size), shape);
            using var maskValue = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, mask.AsMemory(0, size), shape);
            using var outputs = Session.Run(runOptions, InputNames, [idsValue, maskValue], _outputNames);
            RequireDeclaredShape(outputs[0], shape);
            var output = outputs[0].GetTensorDataAsSpan<float>();
            return _contract.Pooled ? SplitRows(output, texts.Count) : TokenPooling.Pool(output, texts, length);
        }
        finally
        {
            ArrayPool<T>.Shared.Return(ids);
            ArrayPool<T>.Shared.Return(mask);
        }
    }

    /// <summary>Checks the shape of an output, because a foreign graph may not return what it declares.</summary>
    private void RequireDeclaredShape(OrtValue output, long[] input)
    {
        var found = output.GetTensorTypeAndShape().Shape;
        var dimensions = Dimensions > 0 || found.Length == 0 ? Dimensions : Math.Max(1, found[^1]);
        long[] expected = [.. input[..(_contract.Pooled ? 1 : 2)], dimensions];
        if (!found.SequenceEqual(expected))
        {
            throw new JinaModelException(
                _path,
                $"{_contract.OutputName} has the shape [{string.Join(", ", found)}] for token IDs of the shape "
                + $"[{string.Join(", ", input)}]. Expected [{string.Join(", ", expected)}]. Export the encoder again.");
        }
    }

    private static void Fill<T>(IReadOnlyList<T5Encoding> texts, int length, T[] ids, T[] mask)
        where T : unmanaged, INumberBase<T>
    {
        // T5's pad ID is 0, so a cleared row is a padded row.
        Array.Clear(ids, 0, texts.Count * length);
        Array.Clear(mask, 0, texts.Count * length);
        for (var row = 0; row < texts.Count; row++)
        {
            var text = texts[row].AsSpan();
            for (var i = 0; i < text.Length; i++)
            {
                ids[(row * length) + i] = T.CreateTruncating(text[i]);
            }

            mask.AsSpan(row * length, text.Length).Fill(T.One);
        }
    }

    private static float[][] SplitRows(ReadOnlySpan<float> output, int rows)
    {
        var width = output.Length / rows;
        var vectors = new float[rows][];
        for (var row = 0; row < rows; row++)
        {
            vectors[row] = output.Slice(row * width, width).ToArray();
        }

        return vectors;
    }
}
