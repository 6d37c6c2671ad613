using Google.Protobuf;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Graph.Onnx;

using DataType = Jina.Extensions.AI.Graph.Onnx.TensorProto.Types.DataType;

namespace Jina.Extensions.AI.Graph;

/// <summary>Builds an ONNX graph from nodes and initializers. Each method returns the name of the value that it adds.</summary>
internal sealed class GraphBuilder(string folder)
{
    private const string ContribDomain = "com.microsoft";

    private readonly GraphProto _graph = new() { Name = "t5_encoder" };
    private readonly Dictionary<string, string> _constants = [];
    private readonly List<ExternalWeight> _weights = [];
    private int _nextValue;

    /// <summary>Gets the weights that the graph refers to in other files, so far.</summary>
    public IReadOnlyList<ExternalWeight> Weights => _weights;

    public string Input(string name, params string[] axes) => Declare(_graph.Input, name, DataType.Int64, axes);

    public void Output(string name, string value, params string[] axes)
    {
        Declare(_graph.Output, name, DataType.Float, axes);
        AddNode("Identity", [value], name);
    }

    /// <summary>Adds a reference to a weight in its checkpoint file, in its stored type and order of axes.</summary>
    /// <param name="entry">The weight.</param>
    /// <param name="use">Specifies when ONNX Runtime reads the weight.</param>
    public string Weight(TensorEntry entry, WeightUse use = WeightUse.Whole)
    {
        var order = StorageOrder(entry);
        var tensor = new TensorProto
        {
            Name = entry.Name,
            DataType = entry.ElementType switch
            {
                TensorElementType.Float16 => DataType.Float16,
                TensorElementType.BFloat16 => DataType.Bfloat16,
                TensorElementType.Int8 => DataType.Int8,
                _ => DataType.Float,
            },
            DataLocation = TensorProto.Types.DataLocation.External,
        };
        tensor.Dims.AddRange(order.Select(axis => entry.Shape[axis]));
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = RelativeLocation(entry.File) });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = $"{entry.Offset}" });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = $"{entry.Length}" });
        _graph.Initializer.Add(tensor);
        _weights.Add(new ExternalWeight(entry, [.. tensor.Dims], use));
        if (order.SequenceEqual(order.Order()))
        {
            return entry.Name;
        }

        var permutation = Enumerable.Range(0, order.Length).Select(axis => (long)Array.IndexOf(order, axis));
        return Node("Transpose", [entry.Name], Ints("perm", [.. permutation]));
    }

    /// <summary>Adds a weight in single precision. The runtime folds the cast of half precision once, at load.</summary>
    public string FloatWeight(TensorEntry entry, WeightUse use = WeightUse.Whole) => ToFloat(Weight(entry, use), entry.ElementType);

    public string ToFloat(string value, TensorElementType type) =>
        type == TensorElementType.Float32 ? value : Cast(value);

    public string Cast(string value) => Node("Cast", [value], Int("to", (long)DataType.Float));

    public string Constant(float value) =>
        Constant($"f{value:R}", DataType.Float, [], BitConverter.GetBytes(value));

    public string Constant(params ReadOnlySpan<long> values)
    {
        var bytes = new byte[values.Length * sizeof(long)];
        Buffer.BlockCopy(values.ToArray(), 0, bytes, 0, bytes.Length);
        return Constant($"i{string.Join('_', values.ToArray())}", DataType.Int64, [values.Length], bytes);
    }

    public string Scalar(long value) => Constant($"s{value}", DataType.Int64, [], BitConverter.GetBytes(value));

    public string ByteScalar(byte value) => Constant($"b{value}", DataType.Uint8, [], [value]);

    public string Reshape(string value, string shape) => Node("Reshape", [value, shape]);

    public string Node(string operation, IEnumerable<string> inputs, params AttributeProto[] attributes) =>
        AddNode(operation, inputs, $"v{_nextValue++}", attributes);

    /// <summary>Adds <c>x · wᵀ (+ addend)</c> for rows x and a weight stored as [out, in].</summary>
    public string Linear(string rows, string weight, string? addend = null) =>
        Node("Gemm", addend is null ? [rows, weight] : [rows, weight, addend], Int("transB", 1));

    public string ContribNode(string operation, IEnumerable<string> inputs, params AttributeProto[] attributes) =>
        AddNode(operation, inputs, $"v{_nextValue++}", attributes, ContribDomain);

    public static AttributeProto Int(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    public static AttributeProto Float(string name, float value) =>
        new() { Name = name, F = value, Type = AttributeProto.Types.AttributeType.Float };

    public static AttributeProto Ints(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    public ModelProto Build(string producer, string producerVersion)
    {
        var model = new ModelProto { IrVersion = 11, ProducerName = producer, ProducerVersion = producerVersion, Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = string.Empty, Version = 23 });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = ContribDomain, Version = 1 });
        return model;
    }

    /// <summary>
    /// Returns the axes from the slowest to the fastest in the file. Strides are a permutation of row-major, which reading checks.
    /// </summary>
    private static int[] StorageOrder(TensorEntry entry) =>
        [.. Enumerable.Range(0, entry.Shape.Count).OrderByDescending(axis => entry.Strides[axis]).ThenBy(axis => entry.Shape[axis])];

    private string RelativeLocation(string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');

    private string Constant(string key, DataType type, long[] dims, byte[] bytes)
    {
        if (!_constants.TryGetValue(key, out var name))
        {
            name = $"c{_constants.Count}";
            var tensor = new TensorProto { Name = name, DataType = type, RawData = ByteString.CopyFrom(bytes) };
            tensor.Dims.AddRange(dims);
            _graph.Initializer.Add(tensor);
            _constants.Add(key, name);
        }

        return name;
    }

    private string AddNode(
        string operation, IEnumerable<string> inputs, string output, AttributeProto[]? attributes = null, string domain = "")
    {
        var node = new NodeProto { OpType = operation, Name = $"n{_graph.Node.Count}_{operation}", Domain = domain };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes ?? []);
        _graph.Node.Add(node);
        return output;
    }

    private static string Declare(
        Google.Protobuf.Collections.RepeatedField<ValueInfoProto> values, string name, DataType type, string[] axes)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(axes.Select(axis => long.TryParse(axis, out var size)
            ? new TensorShapeProto.Types.Dimension { DimValue = size }
            : new TensorShapeProto.Types.Dimension { DimParam = axis }));
        values.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new() { ElemType = type, Shape = shape } } });
        return name;
    }
}
