using System.Diagnostics;
using Google.Protobuf;
using Jina.Extensions.AI.Graph.Onnx;
using Jina.Extensions.AI.Inference;
using Microsoft.ML.OnnxRuntime;
using DataType = Jina.Extensions.AI.Graph.Onnx.TensorProto.Types.DataType;

namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>
/// What this machine reaches in bare single-precision products through the runtime that runs the models: 512 x 512 x 2048 by
/// a constant matrix, which the runtime packs at load as it does a model's weights, on each of the threads.
/// </summary>
internal sealed class MatrixProducts : IDisposable
{
    private const int Rows = 512;
    private const int Inner = 512;
    private const int Columns = 2048;
    private const double FlopsOfOne = 2.0 * Rows * Inner * Columns;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(0.4);

    private readonly InferenceSession _session;
    private readonly OrtValue[] _factors;
    private readonly OrtValue[] _products;

    public MatrixProducts(int threads)
    {
        using var options = new SessionSettings().CreateOptions();
        _session = new InferenceSession(Graph().ToByteArray(), options);
        _factors = [.. Enumerable.Range(0, threads).Select(_ => OrtValue.CreateTensorValueFromMemory(Values(Rows * Inner), [Rows, Inner]))];
        _products = [.. Enumerable.Range(0, threads).Select(_ => OrtValue.CreateTensorValueFromMemory(new float[Rows * Columns], [Rows, Columns]))];
    }

    /// <summary>Returns the thousand millions of operations per second, of all threads together.</summary>
    public double MeasureGflops()
    {
        var rates = new double[_factors.Length];
        Threads.Run(_factors.Length, thread => rates[thread] = MeasureOn(thread));
        return rates.Sum() / 1e9;
    }

    public void Dispose()
    {
        Array.ForEach(_factors, static value => value.Dispose());
        Array.ForEach(_products, static value => value.Dispose());
        _session.Dispose();
    }

    private double MeasureOn(int thread)
    {
        using var options = new RunOptions();
        var products = 0;
        var watch = Stopwatch.StartNew();
        do
        {
            _session.Run(options, ["a"], [_factors[thread]], ["c"], [_products[thread]]);
            products++;
        }
        while (watch.Elapsed < Duration);

        return products * FlopsOfOne / watch.Elapsed.TotalSeconds;
    }

    private static ModelProto Graph()
    {
        var constant = new TensorProto { Name = "b", DataType = DataType.Float, RawData = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes(Values(Inner * Columns).AsSpan())) };
        constant.Dims.AddRange([Inner, Columns]);
        var graph = new GraphProto { Name = "products" };
        graph.Initializer.Add(constant);
        graph.Input.Add(Matrix("a", Rows, Inner));
        graph.Output.Add(Matrix("c", Rows, Columns));
        graph.Node.Add(new NodeProto { Name = "product", OpType = "MatMul", Input = { "a", "b" }, Output = { "c" } });
        return new ModelProto { IrVersion = 11, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 23 } } };
    }

    private static ValueInfoProto Matrix(string name, int rows, int columns) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new()
            {
                ElemType = DataType.Float,
                Shape = new() { Dim = { new TensorShapeProto.Types.Dimension { DimValue = rows }, new TensorShapeProto.Types.Dimension { DimValue = columns } } },
            },
        },
    };

    /// <summary>Ordinary numbers: a processor may take longer over denormal ones, or less power over zeros.</summary>
    private static float[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => ((i * 37 % 101) - 50) / 50f)];
}
