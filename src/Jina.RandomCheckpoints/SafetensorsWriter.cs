using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Jina.RandomCheckpoints;

/// <summary>Writes safetensors files.</summary>
public static class SafetensorsWriter
{
    /// <summary>Writes a file with the data of the weights in the given order.</summary>
    public static void Write(string path, IEnumerable<RandomWeight> weights, CancellationToken cancellationToken = default)
    {
        var list = weights.ToArray();
        var header = new JsonObject { ["__metadata__"] = new JsonObject { ["format"] = "pt" } };
        var end = 0L;
        foreach (var weight in list)
        {
            header[weight.Name] = new JsonObject
            {
                ["dtype"] = weight.Type switch { WeightType.F16 => "F16", WeightType.BF16 => "BF16", _ => "F32" },
                ["shape"] = new JsonArray([.. weight.Shape.Select(length => JsonValue.Create(length))]),
                ["data_offsets"] = new JsonArray(end, end += weight.Length),
            };
        }

        using var file = File.Create(path);
        file.Write(Header(header.ToJsonString()));
        foreach (var chunk in list.SelectMany(weight => weight.Chunks(cancellationToken)))
        {
            file.Write(chunk.Span);
        }
    }

    /// <summary>Returns the length and text of the header, padded with spaces to 8 bytes as the reference writer does.</summary>
    public static byte[] Header(string json)
    {
        var text = Encoding.UTF8.GetBytes(json);
        var bytes = new byte[8 + ((text.Length + 7) / 8 * 8)];
        bytes.AsSpan().Fill((byte)' ');
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length - 8);
        text.CopyTo(bytes, 8);
        return bytes;
    }
}
