using System.Collections.Frozen;
using Google.Protobuf;

namespace Jina.Extensions.AI.OnnxExports;

/// <summary>Reads the outline of an export in one pass over the file, with memory that grows with its nodes only.</summary>
/// <remarks>Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.</remarks>
internal sealed class OnnxOutlineReader
{
    // The largest T5 encoder has a few thousand nodes.
    private const int MostNodes = 200_000;
    private const int MostTensors = 200_000;
    private const int MostAxes = 32;

    // Operators divide by these attributes. ONNX Runtime does not check them, and a division by zero ends the process.
    private static readonly FrozenSet<string> Divisors = FrozenSet.Create(
        StringComparer.Ordinal,
        "block_size", "blocksize", "group", "kv_num_heads", "num_groups", "num_heads", "num_outputs", "q_num_heads");

    private readonly OnnxOutline _outline = new();
    private readonly ProtobufFields _fields;

    private OnnxOutlineReader(ProtobufFields fields) => _fields = fields;

    /// <exception cref="FormatException">The file is not an ONNX file, or exceeds a limit. The message names the reason.</exception>
    public static OnnxOutline Read(Stream file)
    {
        using var input = CodedInputStream.CreateWithLimits(file, int.MaxValue, recursionLimit: 32);
        var reader = new OnnxOutlineReader(new ProtobufFields(file, input));
        try
        {
            reader._fields.ReadAll(reader.Model);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new FormatException(e.Message.TrimEnd('.'), e);
        }

        return reader._outline;
    }

    private static uint Message(int field) => WireFormat.MakeTag(field, WireFormat.WireType.LengthDelimited);

    private static uint Varint(int field) => WireFormat.MakeTag(field, WireFormat.WireType.Varint);

    private bool Model(uint tag)
    {
        if (tag == Message(8))
        {
            _outline.OpsetCount++;
        }

        return (tag == Message(7) && _fields.Message(OuterGraph)) || (tag == Message(25) && _fields.Message(Function));
    }

    private bool OuterGraph(uint tag)
    {
        _outline.HasGraph = true;
        return tag == Message(5) ? Tensor(tensor => _outline.Weights.Add(tensor.Name))
            : tag == Message(11) ? Value(_outline.Inputs)
            : tag == Message(12) ? Value(_outline.Outputs)
            : Graph(tag);
    }

    private bool Graph(uint tag) =>
        tag == Message(1) ? Node()
        : tag == Message(5) ? Tensor()
        : tag == Message(15) && SparseTensor();

    private bool Function(uint tag) => tag == Message(7) && Node();

    private bool Node()
    {
        if (++_outline.NodeCount > MostNodes)
        {
            throw new FormatException($"it has more than {MostNodes} nodes; an encoder has a few thousand");
        }

        return _fields.Message(tag => tag == Message(5) && Attribute());
    }

    private bool Attribute()
    {
        var name = "";
        var number = 0L;
        var referred = false;
        _fields.Message(tag =>
            tag == Message(1) ? _fields.Text(text => name = text)
            : tag == Varint(3) ? _fields.Number(value => number = value)
            : tag == Message(21) ? _fields.Text(text => referred = text.Length > 0)
            : AttributeContent(tag));
        if (!referred && number <= 0 && Divisors.Contains(name))
        {
            throw new FormatException($"a node has {name} = {number}; at least 1 is expected");
        }

        return true;
    }

    private bool AttributeContent(uint tag) =>
        tag == Message(5) || tag == Message(10) ? Tensor()
        : tag == Message(6) || tag == Message(11) ? _fields.Message(Graph)
        : (tag == Message(22) || tag == Message(23)) && SparseTensor();

    private bool SparseTensor() => _fields.Message(tag => (tag == Message(1) || tag == Message(2)) && Tensor());

    private bool Tensor(Action<OnnxTensor>? use = null)
    {
        if (_outline.Tensors.Count == MostTensors)
        {
            throw new FormatException($"it has more than {MostTensors} tensors; an encoder has a few hundred");
        }

        var tensor = new OnnxTensor();
        _fields.Message(tag => TensorField(tag, tensor));
        _outline.Tensors.Add(tensor);
        use?.Invoke(tensor);
        return true;
    }

    private bool TensorField(uint tag, OnnxTensor tensor) =>
        tag == Varint(1) ? _fields.Number(dim => AddAxis(tensor, dim))
        : tag == Message(1) ? _fields.Numbers(dim => AddAxis(tensor, dim))
        : tag == Varint(2) ? _fields.Number(type => tensor.Type = (int)type)
        : tag == Message(8) ? _fields.Text(name => tensor.Name = name)
        : tag == Message(9) ? _fields.Bytes(length => tensor.RawLength = length)
        : tag == Message(13) ? ExternalData(tensor)
        : tag == Varint(14) ? _fields.Number(location => tensor.External = location != 0)
        : IsListedData(WireFormat.GetTagFieldNumber(tag)) && ListedData(tag, tensor);

    // float, int32, string, int64, double and uint64 data.
    private static bool IsListedData(int field) => field is 4 or 5 or 6 or 7 or 10 or 11;

    private bool ListedData(uint tag, OnnxTensor tensor)
    {
        if (WireFormat.GetTagWireType(tag) != WireFormat.WireType.LengthDelimited)
        {
            tensor.ListedLength += sizeof(long);
            return false;
        }

        return _fields.Bytes(length => tensor.ListedLength += length);
    }

    private bool ExternalData(OnnxTensor tensor)
    {
        string key = "", value = "";
        _fields.Message(tag =>
            (tag == Message(1) && _fields.Text(text => key = text)) || (tag == Message(2) && _fields.Text(text => value = text)));
        if (!tensor.ExternalData.TryAdd(key, value))
        {
            throw new FormatException($"the tensor {tensor} has the {key} of its external data twice");
        }

        return true;
    }

    private static void AddAxis(OnnxTensor tensor, long dim)
    {
        if (tensor.Dims.Count == MostAxes)
        {
            throw new FormatException($"the tensor {tensor} has more than {MostAxes} axes");
        }

        tensor.Dims.Add(dim);
    }

    private bool Value(List<GraphValue> values)
    {
        var name = "";
        var type = "(not a tensor)";
        List<string>? axes = null;
        bool Shape(uint tag) => tag == Message(1) && _fields.Message(dim => Axis(dim, axes!), () => axes!.Add("?"));
        bool Tensor(uint tag) =>
            tag == Varint(1) ? _fields.Number(number => type = OnnxTensor.NameOfType(number))
            : tag == Message(2) && _fields.Message(Shape, () => axes ??= []);
        _fields.Message(tag =>
            tag == Message(1) ? _fields.Text(text => name = text)
            : tag == Message(2) && _fields.Message(inner => inner == Message(1) && _fields.Message(Tensor)));
        values.Add(new GraphValue(name, type, axes));
        return true;
    }

    private bool Axis(uint tag, List<string> axes) =>
        tag == Varint(1) ? _fields.Number(size => axes[^1] = $"{size}")
        : tag == Message(2) && _fields.Text(text => axes[^1] = text);
}
