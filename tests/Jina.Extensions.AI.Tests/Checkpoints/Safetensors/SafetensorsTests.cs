using System.Buffers.Binary;
using Jina.Extensions.AI.Checkpoints;
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
    public void A_header_is_read_as_it_is_laid_out()
    {
        var start = Write("""{"a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [2, 26]}, "b": {"dtype": "BF16", "shape": [], "data_offsets": [0, 2]}}""", 26);

        var tensors = WeightFiles.Open(_folder.Path).Tensors;

        Assert.Equal((start + 2, 24, TensorElementType.Float32), (tensors["a"].Offset, tensors["a"].Length, tensors["a"].ElementType));
        Assert.Equal([2, 3], tensors["a"].Shape);
        Assert.Equal([3, 1], tensors["a"].Strides);
        Assert.Equal((start, 2, TensorElementType.BFloat16), (tensors["b"].Offset, tensors["b"].Length, tensors["b"].ElementType));
    }

    [Fact]
    public void Another_type_is_an_error_only_where_the_tensor_is_needed()
    {
        Write("""{"a": {"dtype": "F64", "shape": [2], "data_offsets": [0, 16]}, "b": {"dtype": "F16", "shape": [2], "data_offsets": [16, 20]}}""", 20);

        var directory = WeightFiles.Open(_folder.Path);

        Assert.Equal([2], directory.Require("b").Shape);
        var error = Assert.Throws<JinaModelException>(() => directory.Require("a"));
        Assert.Contains("a is of type F64; F32, F16 or BF16 is expected", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a": 1}""", "the header's entry for a has no dtype")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2]}}""", "the header's entry for a has no data_offsets")]
    [InlineData("""{"a": {"dtype": 5, "shape": [2], "data_offsets": [0, 8]}}""", "the header's entry for a has no dtype of kind String")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2.5], "data_offsets": [0, 8]}}""", "the shape of a holds 2.5")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [-2], "data_offsets": [0, 8]}}""", "the shape of a holds -2")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0]}}""", "the data_offsets of a are [0]")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [8, 0]}}""", "the data_offsets of a are [8, 0]")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [60, 68]}}""", "a ends at byte 68 of the data, which has 64 bytes")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 9223372036854775807]}}""", "a ends at byte 9223372036854775807 of the data")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 18446744073709551616]}}""", "the data_offsets of a holds 18446744073709551616")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 8]}}""", "a has 8 bytes, but its shape [3] of F32 needs 12")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [4611686018427387904, 4], "data_offsets": [0, 0]}}""", "a has 0 bytes, but its shape [4611686018427387904, 4] of F32 needs more than a file can hold")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}, "b": {"dtype": "F32", "shape": [2], "data_offsets": [4, 12]}}""", "the data of a and b overlap")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}, "a": {"dtype": "F32", "shape": [2], "data_offsets": [8, 16]}}""", "names the tensor a twice")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [14], "data_offsets": [0, 56]}, "b": {"dtype": "F32", "shape": [1], "data_offsets": [60, 64]}}""", "between a and b lie 4 bytes that belong to no tensor")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [15], "data_offsets": [4, 64]}}""", "between the header and a lie 4 bytes that belong to no tensor")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [15], "data_offsets": [0, 60]}}""", "behind a lie 4 bytes that belong to no tensor")]
    [InlineData("""{"a": """, "the safetensors header is not valid JSON")]
    [InlineData("""[]""", "the safetensors header is a JSON Array")]
    public void A_header_that_cannot_be_is_refused(string header, string message)
    {
        Write(header);

        AssertRefused(message);
    }

    [Theory]
    [InlineData(0x7fff_ffff_ffff_ffffL)]
    [InlineData(-1L)]
    [InlineData(100_000_001L)]
    [InlineData(200L)]
    public void A_header_length_beyond_the_file_is_refused(long length)
    {
        var bytes = new byte[100];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        File.WriteAllBytes(Path, bytes);

        AssertRefused($"announce a header of {(ulong)length} bytes; at most 92 are possible here");
    }

    [Fact]
    public void A_file_shorter_than_the_header_length_is_refused()
    {
        File.WriteAllBytes(Path, [1, 2, 3]);

        AssertRefused("it has 3 bytes, fewer than the 8 of the header's length");
    }

    private long Write(string header, int dataLength = DataLength)
    {
        var bytes = SafetensorsWriter.Header(header);
        File.WriteAllBytes(Path, [.. bytes, .. new byte[dataLength]]);
        return bytes.Length;
    }

    private void AssertRefused(string message)
    {
        var error = Assert.Throws<JinaModelException>(() => WeightFiles.Open(_folder.Path));
        Assert.Equal(Path, error.ModelPath);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Download it again.", error.Message.Replace("Download the file again.", "Download it again.", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
