using Google.Protobuf;

namespace Jina.Fuzzing.Mutations;

/// <summary>Represents a field of a protobuf message of unknown meaning. Bytes that can be read as a message count as one.</summary>
internal sealed class ProtobufField
{
    private const int MaximumDepth = 12;

    public int Number { get; set; }

    public WireFormat.WireType Type { get; set; }

    /// <summary>Gets or sets a varint or a fixed number.</summary>
    public ulong Value { get; set; }

    public byte[] Bytes { get; set; } = [];

    /// <summary>Gets or sets the fields inside, or <see langword="null"/> if <see cref="Bytes"/> is used.</summary>
    public List<ProtobufField>? Fields { get; set; }

    /// <summary>Reads a message, or returns <see langword="null"/> if the bytes are not a message.</summary>
    public static List<ProtobufField>? Read(byte[] message, int depth = 0)
    {
        var fields = new List<ProtobufField>();
        try
        {
            using var input = new CodedInputStream(message);
            while (!input.IsAtEnd)
            {
                fields.Add(ReadField(input, depth));
            }
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or FormatException)
        {
            return null;
        }

        return fields;
    }

    public static byte[] Write(IEnumerable<ProtobufField> fields)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream))
        {
            foreach (var field in fields)
            {
                field.WriteTo(output);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Returns this field and all fields inside it.</summary>
    public IEnumerable<ProtobufField> All() => (Fields ?? []).SelectMany(field => field.All()).Prepend(this);

    public ProtobufField Copy() => new()
    {
        Number = Number,
        Type = Type,
        Value = Value,
        Bytes = Bytes,
        Fields = Fields?.ConvertAll(field => field.Copy()),
    };

    private static ProtobufField ReadField(CodedInputStream input, int depth)
    {
        var tag = input.ReadTag();
        var field = new ProtobufField { Number = WireFormat.GetTagFieldNumber(tag), Type = WireFormat.GetTagWireType(tag) };
        switch (field.Type)
        {
            case WireFormat.WireType.Varint: field.Value = input.ReadUInt64(); break;
            case WireFormat.WireType.Fixed64: field.Value = input.ReadFixed64(); break;
            case WireFormat.WireType.Fixed32: field.Value = input.ReadFixed32(); break;
            case WireFormat.WireType.LengthDelimited:
                field.Bytes = input.ReadBytes().ToByteArray();
                field.Fields = field.Bytes.Length is 0 or > 1 << 20 || depth == MaximumDepth ? null : Read(field.Bytes, depth + 1);
                break;
            default: throw new FormatException("a group");
        }

        return field.Number is > 0 and < 64 ? field : throw new FormatException("an unlikely number");
    }

    private void WriteTo(CodedOutputStream output)
    {
        output.WriteTag(Number, Type);
        switch (Type)
        {
            case WireFormat.WireType.Varint: output.WriteUInt64(Value); break;
            case WireFormat.WireType.Fixed64: output.WriteFixed64(Value); break;
            case WireFormat.WireType.Fixed32: output.WriteFixed32((uint)Value); break;
            case WireFormat.WireType.LengthDelimited:
                output.WriteBytes(ByteString.CopyFrom(Fields is null ? Bytes : Write(Fields)));
                break;
        }
    }
}
