using Google.Protobuf;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Graph.Onnx;
using DataType = Jina.Extensions.AI.Graph.Onnx.TensorProto.Types.DataType;

namespace Jina.Fuzzing.Targets;

/// <summary>Creates small graphs like those that other programs export.</summary>
internal static class ExportSeeds
{
    /// <summary>Returns a lookup, a lookup with a mean, and a whole encoder with its weights outside and inside the file.</summary>
    public static byte[][] Create(Checkpoint checkpoint)
    {
        var outside = T5EncoderGraph.Build(checkpoint, out _);
        var inside = outside.Clone();
        foreach (var weight in inside.Graph.Initializer.Where(tensor => tensor.ExternalData.Count > 0))
        {
            Embed(weight, checkpoint.Folder);
        }

        return
        [
            LookUp("last_hidden_state", DataType.Int64, pooled: false),
            LookUp("embedding", DataType.Int32, pooled: true),
            outside.ToByteArray(),
            inside.ToByteArray(),
        ];
    }

    private static void Embed(TensorProto weight, string folder)
    {
        var place = weight.ExternalData.ToDictionary(entry => entry.Key, entry => entry.Value);
        var bytes = File.ReadAllBytes(Path.Combine(folder, place["location"]));
        weight.RawData = ByteString.CopyFrom(bytes, int.Parse(place["offset"], null), int.Parse(place["length"], null));
        weight.ExternalData.Clear();
        weight.DataLocation = TensorProto.Types.DataLocation.Default;
    }

    private static byte[] LookUp(string output, DataType type, bool pooled)
    {
        var graph = new GraphProto { Name = "export" };
        graph.Input.Add(Value("input_ids", type, "batch", "seq"));
        graph.Input.Add(Value("attention_mask", type, "batch", "seq"));
        graph.Output.Add(pooled ? Value(output, DataType.Float, "batch", "dim") : Value(output, DataType.Float, "batch", "seq", "dim"));
        graph.Initializer.Add(
            new TensorProto { Name = "table", DataType = DataType.Float, RawData = ByteString.CopyFrom(new byte[64]), Dims = { 8, 2 } });
        graph.Node.Add(new NodeProto { OpType = "Gather", Input = { "table", "input_ids" }, Output = { pooled ? "tokens" : output } });
        if (pooled)
        {
            graph.Node.Add(new NodeProto
            {
                OpType = "ReduceMean",
                Input = { "tokens" },
                Output = { output },
                Attribute =
                {
                    new AttributeProto { Name = "axes", Type = AttributeProto.Types.AttributeType.Ints, Ints = { 1 } },
                    new AttributeProto { Name = "keepdims", Type = AttributeProto.Types.AttributeType.Int },
                },
            });
        }

        return new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 17 } } }.ToByteArray();
    }

    private static ValueInfoProto Value(string name, DataType type, params string[] axes)
    {
        var shape = new TensorShapeProto { Dim = { axes.Select(axis => new TensorShapeProto.Types.Dimension { DimParam = axis }) } };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new() { ElemType = type, Shape = shape } } };
    }
}
