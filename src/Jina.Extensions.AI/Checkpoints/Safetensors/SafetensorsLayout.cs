using System.Buffers.Binary;
using System.Text.Json;
using Jina.Extensions.AI.Checkpoints.Tensors;

namespace Jina.Extensions.AI.Checkpoints.Safetensors;

/// <summary>Computes the layout of a safetensors file: its header, and the place of each tensor's bytes.</summary>
internal sealed class SafetensorsLayout
{
    private readonly Dictionary<string, long> _offsets = new(StringComparer.Ordinal);

    /// <param name="tensors">The tensors in their order in the file.</param>
    /// <param name="metadata">The header's metadata.</param>
    public SafetensorsLayout(
        IEnumerable<(string Name, TensorElementType Type, long[] Shape)> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            foreach (var (name, type, shape) in tensors)
            {
                var start = DataLength;
                _offsets.Add(name, start);
                DataLength += TensorLayout.ByteLength(shape, type)!.Value;
                WriteTensor(json, name, type, shape, start, DataLength);
            }

            json.WriteEndObject();
        }

        // The padding aligns the data, as in the format's reference implementation.
        Header = new byte[8 + ((text.Length + 7) / 8 * 8)];
        Header.AsSpan().Fill((byte)' ');
        BinaryPrimitives.WriteInt64LittleEndian(Header, Header.Length - 8);
        text.GetBuffer().AsSpan(0, (int)text.Length).CopyTo(Header.AsSpan(8));
    }

    /// <summary>Gets the file's first bytes.</summary>
    public byte[] Header { get; }

    /// <summary>Gets the number of bytes of all tensors, which follow the header.</summary>
    public long DataLength { get; }

    /// <summary>Returns the position of a tensor's first byte in the file.</summary>
    public long OffsetOf(string name) => Header.Length + _offsets[name];

    private static void WriteTensor(Utf8JsonWriter json, string name, TensorElementType type, long[] shape, long start, long end)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", type.ToSafetensors());
        WriteNumbers(json, "shape", shape);
        WriteNumbers(json, "data_offsets", [start, end]);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        Array.ForEach(numbers, json.WriteNumberValue);
        json.WriteEndArray();
    }
}
