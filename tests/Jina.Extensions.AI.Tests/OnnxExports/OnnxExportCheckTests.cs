using Google.Protobuf;
using Jina.Extensions.AI.Graph.Onnx;
using Jina.Extensions.AI.OnnxExports;
using Jina.Testing;

using DataType = Jina.Extensions.AI.Graph.Onnx.TensorProto.Types.DataType;

namespace Jina.Extensions.AI.Tests.OnnxExports;

/// <summary>Tests the check of exports before ONNX Runtime loads them.</summary>
public sealed class OnnxExportCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("model.onnx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_valid_export_is_accepted()
    {
        Edit(_ => { });

        OnnxExportCheck.Check(Path);
    }

    [Fact]
    public void A_file_that_is_not_a_graph_is_rejected()
    {
        AssertRejected([], "The file is empty");
        AssertRejected("not a graph"u8.ToArray(), "Not a valid ONNX file");
        AssertRejected([0x3a, 0xff, 0xff, 0xff, 0x7f], "a field at byte 5 is 268435455 bytes long, but its message ends at byte 5");
        AssertRejected([0x3a, 0x02, 0x0a, 0x05], "a field at byte 4 is 5 bytes long, but its message ends at byte 4");
        AssertRejected([0x08, 0x08], "it has no graph, 0 nodes and 0 operator sets");
    }

    [Fact]
    public void A_graph_without_nodes_or_operator_sets_is_rejected()
    {
        AssertRejected(model => model.OpsetImport.Clear(), "it has a graph, 1 nodes and 0 operator sets");
        AssertRejected(model => model.Graph.Node.Clear(), "it has a graph, 0 nodes and 1 operator sets");
        AssertRejected(model => model.Graph = null, "it has no graph");
    }

    [Fact]
    public void A_graph_with_other_inputs_and_outputs_is_rejected_with_a_list_of_them()
    {
        AssertRejected(model => model.Graph.Input[0].Name = "decoder_input_ids", "export T5EncoderModel alone");
        AssertRejected(
            model => model.Graph.Input[0].Type.TensorType.ElemType = DataType.Float,
            "Found inputs attention_mask Int64[batch, seq], input_ids Single[batch, seq]");
        AssertRejected(model => model.Graph.Input[1].Type.TensorType.Shape.Dim.RemoveAt(0), "attention_mask Int64[seq]");
        AssertRejected(
            model => model.Graph.Output[0].Type.TensorType.ElemType = DataType.Float16, "last_hidden_state Float16[batch, seq, dim]");
        AssertRejected(model => model.Graph.Output[0].Type = null, "last_hidden_state (not a tensor)[?]");
        AssertRejected(model => model.Graph.Output[0].Name = new string('x', 70_000), "No output is a known float32 embedding.");
    }

    [Fact]
    public void Weights_among_the_inputs_of_old_files_are_not_inputs()
    {
        Edit(model => model.Graph.Input.Add(new ValueInfoProto { Name = "table", Type = model.Graph.Input[0].Type }));

        OnnxExportCheck.Check(Path);
    }

    [Fact]
    public void A_shape_that_the_file_does_not_declare_is_accepted()
    {
        Edit(model => model.Graph.Output[0].Type.TensorType.Shape = null);

        OnnxExportCheck.Check(Path);
    }

    [Fact]
    public void Sizes_that_do_not_match_the_bytes_are_rejected()
    {
        AssertRejectedTable(
            table => table.Dims[0] = 65, "the tensor 'table' [65, 2] of type 1 has 512 bytes, but its shape and type need 520");
        AssertRejectedTable(table => table.Dims[0] = -64, "has no ONNX type, or a shape that a file cannot hold");
        AssertRejectedTable(
            table => table.Dims.Add([long.MaxValue, long.MaxValue]), "has no ONNX type, or a shape that a file cannot hold");
        AssertRejectedTable(table => table.DataType = (DataType)99, "has no ONNX type, or a shape that a file cannot hold");
        AssertRejectedTable(table => table.RawData = ByteString.Empty, "needs 512 bytes, but its list has 0");
        AssertRejectedTable(table => table.Dims.Add(Enumerable.Repeat(1L, 40)), "has more than 32 axes");
    }

    [Theory]
    [InlineData("q_num_heads", 0)]
    [InlineData("num_heads", -1)]
    [InlineData("group", 0)]
    public void A_divisor_below_1_is_rejected(string name, long value)
    {
        AttributeProto Attribute(long i) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = i };
        AssertRejected(
            model => model.Graph.Node[0].Attribute.Add(Attribute(value)), $"a node has {name} = {value}; at least 1 is expected");

        Edit(model => model.Graph.Node[0].Attribute.Add(Attribute(1)));
        OnnxExportCheck.Check(Path);
    }

    [Theory]
    [InlineData("/etc/passwd", "leads out of the model directory")]
    [InlineData("../weights.bin", "leads out of the model directory")]
    [InlineData("a/../../weights.bin", "leads out of the model directory")]
    [InlineData("*/_ORT_MEM_ADDR_/*", "which does not exist")]
    [InlineData("missing.bin", "missing.bin, which does not exist. Copy all files of the export into the folder.")]
    [InlineData("", "without a location")]
    public void Weights_outside_the_folder_are_rejected(string location, string expected) =>
        AssertRejectedTable(table => Externalize(table, ("location", location)), expected);

    [Theory]
    [InlineData("89", "512", "needs 512 bytes; its external data are 512 bytes from byte 89 of weights.bin, which has 600")]
    [InlineData("0", "511", "needs 512 bytes; its external data are 511 bytes from byte 0")]
    [InlineData("9223372036854775807", "512", "from byte 9223372036854775807")]
    [InlineData("-1", "512", "has external data whose offset is '-1'; a whole number is expected")]
    [InlineData("0", "18446744073709551616", "has external data whose length is '18446744073709551616'")]
    public void A_place_that_does_not_contain_the_weight_is_rejected(string offset, string length, string expected)
    {
        File.WriteAllBytes(_folder.File("weights.bin"), new byte[600]);

        AssertRejectedTable(table => Externalize(table, ("location", "weights.bin"), ("offset", offset), ("length", length)), expected);
    }

    [Fact]
    public void A_weight_in_a_file_of_the_folder_is_accepted()
    {
        File.WriteAllBytes(_folder.File("weights.bin"), new byte[600]);
        Edit(model => Externalize(model.Graph.Initializer[0], ("location", "weights.bin"), ("offset", "88")));

        OnnxExportCheck.Check(Path);
    }

    [Fact]
    public void A_link_out_of_the_folder_is_rejected()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        using var elsewhere = new TemporaryFolder();
        File.WriteAllBytes(elsewhere.File("weights.bin"), new byte[600]);
        File.CreateSymbolicLink(_folder.File("weights.bin"), elsewhere.File("weights.bin"));
        Directory.CreateSymbolicLink(_folder.File("inner"), elsewhere.Path);

        AssertRejectedTable(
            table => Externalize(table, ("location", "weights.bin")), "weights.bin, which has weights, is a link out of the folder");
        AssertRejectedTable(
            table => Externalize(table, ("location", "inner/weights.bin")), "inner, which has weights, is a link out of the folder");
    }

    [Fact]
    public void Weights_inside_the_file_are_not_copied()
    {
        Edit(model =>
        {
            var table = model.Graph.Initializer[0];
            table.Dims[0] = 1 << 21;
            table.RawData = UnsafeByteOperations.UnsafeWrap(new byte[16 << 20]);
        });
        OnnxExportCheck.Check(Path);

        var before = GC.GetAllocatedBytesForCurrentThread();
        OnnxExportCheck.Check(Path);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static void Externalize(TensorProto table, params (string Key, string Value)[] place)
    {
        table.RawData = ByteString.Empty;
        table.DataLocation = TensorProto.Types.DataLocation.External;
        table.ExternalData.AddRange(place.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
    }

    private void Edit(Action<ModelProto> change)
    {
        OnnxExportFixture.Write(Path, "last_hidden_state", pooled: false);
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path));
        change(model);
        File.WriteAllBytes(Path, model.ToByteArray());
    }

    private void AssertRejectedTable(Action<TensorProto> change, string expected) =>
        AssertRejected(model => change(model.Graph.Initializer[0]), expected);

    private void AssertRejected(Action<ModelProto> change, string expected)
    {
        Edit(change);
        AssertRejected(expected);
    }

    private void AssertRejected(byte[] content, string expected)
    {
        File.WriteAllBytes(Path, content);
        AssertRejected(expected);
    }

    private void AssertRejected(string expected)
    {
        var error = Assert.Throws<JinaModelException>(() => OnnxExportCheck.Check(Path));
        Assert.Equal(Path, error.ModelPath);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 1, 4000);
    }
}
