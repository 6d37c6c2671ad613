using System.Diagnostics;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Graph.Onnx;
using Jina.Extensions.AI.Inference;
using Microsoft.ML.OnnxRuntime;
using DataType = Jina.Extensions.AI.Graph.Onnx.TensorProto.Types.DataType;

namespace Jina.Benchmarking;

/// <summary>
/// Measures bare products in ONNX Runtime, in single precision or int8: 512 x 512 x 2048 by a constant matrix, which the runtime
/// packs at load as it does the weights of a model.
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

    /// <param name="precision">The precision of the factors. The products are in single precision.</param>
    /// <param name="threads">The number of threads that measure at the same time.</param>
    public MatrixProducts(Precision precision, int threads)
    {
        using var options = new SessionSettings().CreateOptions();
        _session = new InferenceSession(Graph(precision).ToByteArray(), options);
        _factors =
        [
            .. Enumerable.Range(0, threads).Select(_ => precision == Precision.Int8
                ? Tensor(Array.ConvertAll(Values(Rows * Inner), value => (byte)(128 + (100 * value))), Rows, Inner)
                : Tensor(Values(Rows * Inner), Rows, Inner)),
        ];
        _products = [.. Enumerable.Range(0, threads).Select(_ => Tensor(new float[Rows * Columns], Rows, Columns))];
    }

    /// <summary>Returns the operations per second of one thread.</summary>
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

    private static OrtValue Tensor<T>(T[] values, int rows, int columns)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(values, [rows, columns]);

    private static ModelProto Graph(Precision precision)
    {
        var graph = new GraphProto { Name = "products" };
        graph.Output.Add(Matrix("c", DataType.Float, Rows, Columns));
        if (precision == Precision.Int8)
        {
            // The operator of the library's graph, with a scale per row and per column.
            graph.Input.Add(Matrix("a", DataType.Uint8, Rows, Inner));
            var weights = Array.ConvertAll(Values(Inner * Columns), value => (sbyte)(100 * value));
            graph.Initializer.Add(Constant("b", DataType.Int8, weights, Inner, Columns));
            graph.Initializer.Add(Constant("row_scales", DataType.Float, Values(Rows), Rows, 1));
            graph.Initializer.Add(Constant("column_scales", DataType.Float, Values(Columns), Columns));
            graph.Initializer.Add(Constant<byte>("zero", DataType.Uint8, [128]));
            graph.Node.Add(new NodeProto
            {
                Name = "product",
                Domain = "com.microsoft",
                OpType = "MatMulIntegerToFloat",
                Input = { "a", "b", "row_scales", "column_scales", "zero" },
                Output = { "c" },
            });
        }
        else
        {
            graph.Input.Add(Matrix("a", DataType.Float, Rows, Inner));
            graph.Initializer.Add(Constant("b", DataType.Float, Values(Inner * Columns), Inner, Columns));
            graph.Node.Add(new NodeProto { Name = "product", OpType = "MatMul", Input = { "a", "b" }, Output = { "c" } });
        }

        return new ModelProto
        {
            IrVersion = 11,
            Graph = graph,
            OpsetImport =
            {
                new OperatorSetIdProto { Version = 23 },
                new OperatorSetIdProto { Domain = "com.microsoft", Version = 1 },
            },
        };
    }

    private static TensorProto Constant<T>(string name, DataType type, T[] values, params long[] dimensions)
        where T : unmanaged
    {
        var bytes = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));
        var tensor = new TensorProto { Name = name, DataType = type, RawData = bytes };
        tensor.Dims.AddRange(dimensions);
        return tensor;
    }

    private static ValueInfoProto Matrix(string name, DataType type, int rows, int columns)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = rows });
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = columns });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new() { ElemType = type, Shape = shape } } };
    }

    /// <summary>Returns ordinary numbers: a processor may need more time for denormal ones, or less power for zeros.</summary>
    private static float[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => ((i * 37 % 101) - 50) / 50f)];
}
