using System.Text;
using Jina.Extensions.AI;
using Jina.Testing;

namespace Jina.Embeddings.AspNetCore.Tests.Support;

/// <summary>Writes a model directory with a tiny ONNX export. The length of its vectors is known only after the load.</summary>
internal static class ExportedModel
{
    /// <summary>The length of the vectors, whose components are all 1.</summary>
    public const int Dimensions = 4096;

    /// <summary>The number of token IDs that the graph accepts.</summary>
    private const int Rows = 64;

    private const int FloatType = 1;
    private const int LongType = 7;

    public static JinaEmbeddingModel WriteTo(TemporaryFolder folder)
    {
        File.Copy(RepositoryFiles.Path("models", DemoModel.Name, "spiece.model"), folder.File("spiece.model"));
        File.WriteAllBytes(folder.File("model.onnx"), Model());
        return JinaEmbeddingModel.FromDirectory(folder.Path);
    }

    // The numbers are those of the fields in onnx.proto.
    private static byte[] Model() => [.. Number(1, 8), .. Message(7, Graph()), .. Message(8, Number(2, 17))];

    private static byte[] Graph() =>
    [
        .. Message(1, [.. Text(1, "table"), .. Text(1, "input_ids"), .. Text(2, "last_hidden_state"), .. Text(4, "Gather")]),
        .. Text(2, "export"),
        .. Message(5, Table()),
        .. Message(11, Value("input_ids", LongType, "batch", "seq")),
        .. Message(11, Value("attention_mask", LongType, "batch", "seq")),
        .. Message(12, Value("last_hidden_state", FloatType, "batch", "seq", "dim")),
    ];

    private static byte[] Table()
    {
        var ones = Enumerable.Repeat(1f, Rows * Dimensions).SelectMany(BitConverter.GetBytes).ToArray();
        return [.. Number(1, Rows), .. Number(1, Dimensions), .. Number(2, FloatType), .. Text(8, "table"), .. Message(9, ones)];
    }

    private static byte[] Value(string name, int type, params string[] axes)
    {
        byte[] shape = [.. axes.SelectMany(axis => Message(1, Text(2, axis)))];
        return [.. Text(1, name), .. Message(2, Message(1, [.. Number(1, type), .. Message(2, shape)]))];
    }

    private static byte[] Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Message(int field, byte[] content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    private static byte[] Number(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static IEnumerable<byte> Varint(int value)
    {
        while (value >= 0x80)
        {
            yield return (byte)(value | 0x80);
            value >>= 7;
        }

        yield return (byte)value;
    }
}
