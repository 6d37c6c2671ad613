using System.Runtime.InteropServices;
using Google.Protobuf;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.Extensions.AI.Graph.Onnx;

using DataType = Jina.Extensions.AI.Graph.Onnx.TensorProto.Types.DataType;

namespace Jina.Benchmarks.GraphVariants;

/// <summary>Changes a graph of the library, so that a variant contains only its differences.</summary>
/// <remarks>The nodes of a replacement are at the position of the replaced node, so the nodes remain in a valid order.</remarks>
internal sealed class GraphRewriter(ModelProto model, T5Config config)
{
    private const string ContribDomain = "com.microsoft";

    private readonly GraphProto _graph = model.Graph;
    private int _nextName;

    public T5Config Config => config;

    public NodeProto[] NodesOf(string operation) => [.. _graph.Node.Where(node => node.OpType == operation)];

    /// <summary>Returns the node that computes a value, or null for inputs and initializers.</summary>
    public NodeProto? ProducerOf(string value) => _graph.Node.FirstOrDefault(node => node.Output.Contains(value));

    public IReadOnlyList<long> DimensionsOf(string initializer) => Initializer(initializer).Dims;

    public byte ByteOf(string initializer) => Initializer(initializer).RawData[0];

    /// <summary>Replaces nodes of an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="replacement">Emits the replacement of a node and returns its value, or returns null to keep the node.</param>
    public void Replace(string operation, Func<NodeProto, string?> replacement)
    {
        var nodes = _graph.Node.ToArray();
        var replaced = new Dictionary<string, string>(StringComparer.Ordinal);
        _graph.Node.Clear();
        foreach (var node in nodes)
        {
            for (var i = 0; i < node.Input.Count; i++)
            {
                node.Input[i] = replaced.GetValueOrDefault(node.Input[i], node.Input[i]);
            }

            if (node.OpType == operation && replacement(node) is { } value)
            {
                replaced.Add(node.Output[0], value);
            }
            else
            {
                _graph.Node.Add(node);
            }
        }

        if (replaced.Count == 0)
        {
            throw new InvalidOperationException($"The graph has no {operation} node that this variant can replace.");
        }
    }

    public NodeProto Emit(
        string domain, string operation, IEnumerable<string> inputs, int outputs, params IEnumerable<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation, Domain = domain, Name = $"x{_graph.Node.Count}_{operation}_{_nextName}" };
        node.Input.AddRange(inputs);
        node.Output.AddRange(Enumerable.Range(0, outputs).Select(_ => NewName()));
        node.Attribute.AddRange(attributes);
        _graph.Node.Add(node);
        return node;
    }

    public string Node(string operation, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes) =>
        Emit(string.Empty, operation, inputs, 1, attributes).Output[0];

    public string ContribNode(string operation, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes) =>
        Emit(ContribDomain, operation, inputs, 1, attributes).Output[0];

    public NodeProto ContribNodes(
        string operation, IEnumerable<string> inputs, int outputs, params IEnumerable<AttributeProto> attributes) =>
        Emit(ContribDomain, operation, inputs, outputs, attributes);

    public string Reshape(string value, params long[] shape) => Node("Reshape", [value, Constant(shape)]);

    public string Constant(float value) => AddConstant(DataType.Float, [], [value]);

    public string Constant(params long[] values) => AddConstant(DataType.Int64, [values.Length], values);

    public string Scalar(long value) => AddConstant<long>(DataType.Int64, [], [value]);

    public string ByteScalar(byte value) => AddConstant(DataType.Uint8, [], [value]);

    public string NewName() => $"x{_nextName++}";

    /// <summary>Returns the graph file without unused nodes and initializers.</summary>
    public byte[] ToBytes()
    {
        var needed = _graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = _graph.Node.Count - 1; i >= 0; i--)
        {
            var node = _graph.Node[i];
            if (node.Output.Any(needed.Contains))
            {
                needed.UnionWith(node.Input.Where(input => input.Length > 0));
            }
            else
            {
                _graph.Node.RemoveAt(i);
            }
        }

        foreach (var unused in _graph.Initializer.Where(tensor => !needed.Contains(tensor.Name)).ToArray())
        {
            _graph.Initializer.Remove(unused);
        }

        return model.ToByteArray();
    }

    private TensorProto Initializer(string name) => _graph.Initializer.Single(tensor => tensor.Name == name);

    private string AddConstant<T>(DataType type, long[] dimensions, T[] values)
        where T : unmanaged
    {
        var bytes = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));
        var tensor = new TensorProto { Name = NewName(), DataType = type, RawData = bytes };
        tensor.Dims.AddRange(dimensions);
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }
}
