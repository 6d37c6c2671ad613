using System.Buffers;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.OnnxExports;
using Microsoft.ML.OnnxRuntime;

namespace Jina.Extensions.AI.Inference;

/// <summary>An encoder graph in ONNX Runtime. Safe for concurrent runs.</summary>
internal sealed class EncoderSession : IDisposable
{
    private static readonly string[] InputNames = [EncoderContract.IdsName, EncoderContract.MaskName];

    private readonly string _path;
    private readonly EncoderContract _contract;
    private readonly string[] _outputNames;

    private EncoderSession(string path, InferenceSession session, EncoderContract contract)
    {
        _path = path;
        Session = session;
        _contract = contract;
        _outputNames = [contract.OutputName];
        Dimensions = session.OutputMetadata[contract.OutputName].Dimensions[^1];
    }

    public InferenceSession Session { get; }

    /// <summary>Gets the length of an embedding.</summary>
    public int Dimensions { get; private set; }

    /// <param name="path">The graph.</param>
    /// <param name="settings">How to make the session; null for a run on one thread.</param>
    /// <exception cref="JinaModelException">The graph is damaged, or is not one that this library can call.</exception>
    public static EncoderSession Open(string path, SessionSettings? settings = null)
    {
        if (!EncoderGraphFile.IsOwn(path))
        {
            OnnxExportCheck.Check(path);
        }

        RuntimeTelemetry.SwitchOff();
        settings ??= new SessionSettings();
        InferenceSession? session = null;

        // Outside the handler below: what the caller's hook throws is not the graph's fault.
        using var options = settings.CreateOptions();
        try
        {
            session = settings.Weights?.Open(path, options) ?? new InferenceSession(path, options);
            var encoder = new EncoderSession(path, session, EncoderContract.Of(path, Describe(session.InputMetadata), Describe(session.OutputMetadata)));
            if (settings.DenseFollows && !encoder._contract.Pooled)
            {
                throw new JinaModelException(path, "This export ends before the pooling, but modules.json has a Dense module behind it. Export the whole sentence-transformers model, or add the checkpoint's weights.");
            }

            if (encoder.Dimensions <= 0)
            {
                // A foreign graph may leave the axis open; one token tells.
                encoder.Dimensions = encoder.Run([new T5Encoding([1], truncated: false)], CancellationToken.None)[0].Length;
            }

            session = null;
            return encoder;
        }
        catch (OnnxRuntimeException e)
        {
            throw new JinaModelException(path, $"ONNX Runtime cannot load this graph ({e.Message}). If it is an export, export it again; else delete the file, it will be made again.", e);
        }
        finally
        {
            session?.Dispose();
        }
    }

    /// <summary>Embeds one padded micro-batch of id sequences; vectors are the graph's own, not normalised.</summary>
    /// <param name="texts">The ids.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <param name="releaseMemory">Whether the memory that runs use goes back to the system afterwards.</param>
    /// <param name="shortest">The length that texts are padded to at least.</param>
    /// <exception cref="OperationCanceledException">The token stopped the run.</exception>
    /// <exception cref="JinaModelException">The graph fails, or gives something else than it declares.</exception>
    public float[][] Run(IReadOnlyList<T5Encoding> texts, CancellationToken cancellationToken, bool releaseMemory = false, int shortest = 0)
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
            return _contract.Wide ? Run<long>(texts, length, runOptions) : Run<int>(texts, length, runOptions);
        }
        catch (OnnxRuntimeException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            throw new JinaModelException(_path, $"ONNX Runtime cannot run this graph ({e.Message}). If memory ran out, use smaller batches; if the graph is an export, export it again.", e);
        }
    }

    public void Dispose() => Session.Dispose();

    private static GraphValue[] Describe(IReadOnlyDictionary<string, NodeMetadata> values) =>
    [
        .. values.Select(value => new GraphValue(
            value.Key,
            value.Value.IsTensor ? value.Value.ElementType.Name : "(no tensor)",
            value.Value.IsTensor ? [.. value.Value.SymbolicDimensions.Zip(value.Value.Dimensions, (name, size) => size >= 0 ? $"{size}" : name)] : null)),
    ];

    private float[][] Run<T>(IReadOnlyList<T5Encoding> texts, int length, RunOptions runOptions)
        where T : unmanaged, System.Numerics.INumberBase<T>
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
            return _contract.Pooled ? SplitRows(output, texts.Count) : MeanPooling.Apply(output, texts, length);
        }
        finally
        {
            ArrayPool<T>.Shared.Return(ids);
            ArrayPool<T>.Shared.Return(mask);
        }
    }

    // What a foreign graph declares need not be what it does.
    private void RequireDeclaredShape(OrtValue output, long[] input)
    {
        var found = output.GetTensorTypeAndShape().Shape;
        long[] expected = [.. input[..(_contract.Pooled ? 1 : 2)], Dimensions > 0 || found.Length == 0 ? Dimensions : Math.Max(1, found[^1])];
        if (!found.SequenceEqual(expected))
        {
            throw new JinaModelException(
                _path, $"{_contract.OutputName} has the shape [{string.Join(", ", found)}] for ids of the shape [{string.Join(", ", input)}]; [{string.Join(", ", expected)}] is expected. Export the encoder again.");
        }
    }

    private static void Fill<T>(IReadOnlyList<T5Encoding> texts, int length, T[] ids, T[] mask)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        // T5's pad id is 0, so a cleared row is a padded row.
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
