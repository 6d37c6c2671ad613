using System.Buffers.Binary;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Checkpoints.Weights;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Checkpoints.Safetensors;

public sealed class SafetensorsTests : IDisposable
{
    private const int DataLength = 64;

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("model.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Positions_and_shapes_are_read_from_the_header()
    {
        var start = Write(
            """
            {"a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [2, 26]},
             "b": {"dtype": "BF16", "shape": [], "data_offsets": [0, 2]}}
            """,
            26);

        var tensors = WeightFiles.Open(_folder.Path).Tensors;

        Assert.Equal((start + 2, 24, TensorElementType.Float32), (tensors["a"].Offset, tensors["a"].Length, tensors["a"].ElementType));
        Assert.Equal([2, 3], tensors["a"].Shape);
        Assert.Equal([3, 1], tensors["a"].Strides);
        Assert.Equal((start, 2, TensorElementType.BFloat16), (tensors["b"].Offset, tensors["b"].Length, tensors["b"].ElementType));
    }

    [Fact]
    public void An_unsupported_type_is_an_error_only_if_the_tensor_is_needed()
    {
        Write(
            """
            {"a": {"dtype": "F64", "shape": [2], "data_offsets": [0, 16]},
             "b": {"dtype": "F16", "shape": [2], "data_offsets": [16, 20]}}
            """,
            20);

        var directory = WeightFiles.Open(_folder.Path);

        Assert.Equal([2], directory.Require("b").Shape);
        var error = Assert.Throws<JinaModelException>(() => directory.Require("a"));
        Assert.Contains("a is of type F64; F32, F16 or BF16 is expected", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a": 1}""", "the header's entry for a has no dtype")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2]}}""", "the header's entry for a has no data_offsets")]
    [InlineData("""{"a": {"dtype": 5, "shape": [2], "data_offsets": [0, 8]}}""", "the header's entry for a has no dtype of kind String")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2.5], "data_offsets": [0, 8]}}""", "the shape of a contains 2.5")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [-2], "data_offsets": [0, 8]}}""", "the shape of a contains -2")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0]}}""", "the data_offsets of a are [0]")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [8, 0]}}""", "the data_offsets of a are [8, 0]")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [60, 68]}}""", "a ends at byte 68 of the data, which has 64 bytes")]
    [InlineData(
        """{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 9223372036854775807]}}""",
        "a ends at byte 9223372036854775807 of the data")]
    [InlineData(
        """{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 18446744073709551616]}}""",
        "the data_offsets of a contains 18446744073709551616")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 8]}}""", "a has 8 bytes, but its shape [3] of F32 needs 12")]
    [InlineData(
        """{"a": {"dtype": "F32", "shape": [4611686018427387904, 4], "data_offsets": [0, 0]}}""",
        "a has 0 bytes, but its shape [4611686018427387904, 4] of F32 needs more than a file can hold")]
    [InlineData(
        """{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}, "b": {"dtype": "F32", "shape": [2], "data_offsets": [4, 12]}}""",
        "the data of a and b overlap")]
    [InlineData(
        """{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}, "a": {"dtype": "F32", "shape": [2], "data_offsets": [8, 16]}}""",
        "names the tensor a twice")]
    [InlineData(
        """{"a": {"dtype": "F32", "shape": [14], "data_offsets": [0, 56]}, "b": {"dtype": "F32", "shape":[1], "data_offsets":[60, 64]}}""",
        "4 bytes between a and b do not belong to a tensor")]
    [InlineData(
        """{"a": {"dtype": "F32", "shape": [15], "data_offsets": [4, 64]}}""",
        "4 bytes between the header and a do not belong to a tensor")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [15], "data_offsets": [0, 60]}}""", "4 bytes after a do not belong to a tensor")]
    [InlineData("""{"a": """, "The safetensors header is not valid JSON")]
    [InlineData("""[]""", "The safetensors header is a JSON Array")]
    public void An_invalid_header_is_rejected(string header, string message)
    {
        Write(header);

        AssertRejected(message);
    }

    [Theory]
    [InlineData(0x7fff_ffff_ffff_ffffL)]
    [InlineData(-1L)]
    [InlineData(100_000_001L)]
    [InlineData(200L)]
    public void A_header_length_beyond_the_file_is_rejected(long length)
    {
        var bytes = new byte[100];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        File.WriteAllBytes(Path, bytes);

        AssertRejected($"declare a header of {(ulong)length} bytes; at most 92 are possible in this file");
    }

    [Fact]
    public void A_file_shorter_than_the_header_length_is_rejected()
    {
        File.WriteAllBytes(Path, [1, 2, 3]);

        AssertRejected("the header needs at least 8 bytes, but the file has 3");
    }

    private long Write(string header, int dataLength = DataLength)
    {
        var bytes = SafetensorsWriter.Header(header);
        File.WriteAllBytes(Path, [.. bytes, .. new byte[dataLength]]);
        return bytes.Length;
    }

    private void AssertRejected(string message)
    {
        var error = Assert.Throws<JinaModelException>(() => WeightFiles.Open(_folder.Path));
        Assert.Equal(Path, error.ModelPath);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        var ending = error.Message.Replace("Download the file again.", "Download it again.", StringComparison.Ordinal);
        Assert.EndsWith("Download it again.", ending, StringComparison.Ordinal);
    }
}
