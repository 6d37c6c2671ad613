using Google.Protobuf;
using Jina.Extensions.AI.Graph.Onnx;

using DataType = Jina.Extensions.AI.Graph.Onnx.TensorProto.Types.DataType;

namespace Jina.Extensions.AI.Tests.OnnxExports;

/// <summary>Writes tiny graphs with the inputs and outputs of exports.</summary>
internal static class OnnxExportFixture
{
    public const int Dimensions = 2;
    private const int Rows = 64;

    /// <summary>
    /// Writes a graph whose token i has the vector (i, 1). A pooled graph takes the largest, so that the result is easy to check.
    /// </summary>
    public static void Write(string path, string output, bool pooled, bool narrow = false, params string[] inputs) =>
        Write(path, output, pooled, narrow, externalData: null, inputs);

    /// <summary>Writes the same graph with its table in a file of its own.</summary>
    public static void WriteWithExternalData(string path, string output, bool pooled) =>
        Write(path, output, pooled, narrow: false, externalData: "model.onnx.data", []);

    private static void Write(string path, string output, bool pooled, bool narrow, string? externalData, string[] inputs)
    {
        var type = narrow ? DataType.Int32 : DataType.Int64;
        var graph = new GraphProto { Name = "export" };
        foreach (var name in inputs.Length > 0 ? inputs : ["input_ids", "attention_mask"])
        {
            graph.Input.Add(Value(name, type, "batch", "seq"));
        }

        graph.Output.Add(pooled ? Value(output, DataType.Float, "batch", "dim") : Value(output, DataType.Float, "batch", "seq", "dim"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var table = new TensorProto { Name = "table", DataType = DataType.Float };
        if (externalData is null)
        {
            table.RawData = ByteString.CopyFrom(Table());
        }
        else
        {
            table.DataLocation = TensorProto.Types.DataLocation.External;
            table.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = externalData });
            File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(path)!, externalData), Table());
        }

        table.Dims.AddRange([Rows, Dimensions]);
        graph.Initializer.Add(table);
        Node(graph, "Gather", ["table", "input_ids"], pooled ? "tokens" : output);
        if (pooled)
        {
            var keepDimensions = new AttributeProto { Name = "keepdims", Type = AttributeProto.Types.AttributeType.Int };
            Node(graph, "ReduceMax", ["tokens"], output, [keepDimensions, Axes()]);
        }

        var model = new ModelProto { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        File.WriteAllBytes(path, model.ToByteArray());
    }

    private static byte[] Table() =>
        [.. Enumerable.Range(0, Rows).SelectMany(i => new[] { (float)i, 1f }).SelectMany(BitConverter.GetBytes)];

    private static AttributeProto Axes()
    {
        var axes = new AttributeProto { Name = "axes", Type = AttributeProto.Types.AttributeType.Ints };
        axes.Ints.Add(1);
        return axes;
    }

    private static void Node(GraphProto graph, string operation, string[] inputs, string output, AttributeProto[]? attributes = null)
    {
        var node = new NodeProto { OpType = operation };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes ?? []);
        graph.Node.Add(node);
    }

    private static ValueInfoProto Value(string name, DataType type, params string[] axes)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(axes.Select(axis => new TensorShapeProto.Types.Dimension { DimParam = axis }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new() { ElemType = type, Shape = shape } } };
    }
}
