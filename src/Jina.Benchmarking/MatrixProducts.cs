using System.Diagnostics;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Jina.Extensions.AI.Graph.Onnx;
using Jina.Extensions.AI.Inference;
using Microsoft.ML.OnnxRuntime;
using DataType = Jina.Extensions.AI.Graph.Onnx.TensorProto.Types.DataType;

namespace Jina.Benchmarking;

/// <summary>
/// Measures bare single-precision products in ONNX Runtime: 512 x 512 x 2048 by a constant matrix, which the runtime packs
/// at load as it does the weights of a model.
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

    /// <param name="threads">The number of threads that measure at the same time.</param>
    public MatrixProducts(int threads)
    {
        using var options = new SessionSettings().CreateOptions();
        _session = new InferenceSession(Graph().ToByteArray(), options);
        _factors = [.. Enumerable.Range(0, threads).Select(_ => Tensor(Values(Rows * Inner), Rows, Inner))];
        _products = [.. Enumerable.Range(0, threads).Select(_ => Tensor(new float[Rows * Columns], Rows, Columns))];
    }

    /// <summary>Returns the floating-point operations per second of one thread.</summary>
    /// <param name="thread">The thread's number, from 0.</param>
    public double MeasureFlops(int thread)
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

    public void Dispose()
    {
        Array.ForEach(_factors, static value => value.Dispose());
        Array.ForEach(_products, static value => value.Dispose());
        _session.Dispose();
    }

    private static OrtValue Tensor(float[] values, int rows, int columns) => OrtValue.CreateTensorValueFromMemory(values, [rows, columns]);

    private static ModelProto Graph()
    {
        var bytes = ByteString.CopyFrom(MemoryMarshal.AsBytes(Values(Inner * Columns).AsSpan()));
        var constant = new TensorProto { Name = "b", DataType = DataType.Float, RawData = bytes };
        constant.Dims.AddRange([Inner, Columns]);
        var graph = new GraphProto { Name = "products" };
        graph.Initializer.Add(constant);
        graph.Input.Add(Matrix("a", Rows, Inner));
        graph.Output.Add(Matrix("c", Rows, Columns));
        graph.Node.Add(new NodeProto { Name = "product", OpType = "MatMul", Input = { "a", "b" }, Output = { "c" } });
        return new ModelProto { IrVersion = 11, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 23 } } };
    }

    private static ValueInfoProto Matrix(string name, int rows, int columns)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = rows });
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = columns });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new() { ElemType = DataType.Float, Shape = shape } } };
    }

    /// <summary>Returns ordinary numbers: a processor may need more time for denormal ones, or less power for zeros.</summary>
    private static float[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => ((i * 37 % 101) - 50) / 50f)];
}
