using Jina.Embeddings.Tool.Evaluation;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Evaluation;

public sealed class VectorFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("vectors.f32");

    [Fact]
    public void Vectors_are_read_in_order()
    {
        using (var written = new VectorFile(FilePath, dimensions: 3))
        {
            written.Append([1, 2, 3]);
            written.Append([-0.5f, 0, float.Epsilon]);
        }

        using var file = new VectorFile(FilePath, dimensions: 3);
        file.Append([7, 8, 9]);
        file.Rewind();

        Assert.Equal(3, file.Count);
        Assert.Equal([1, 2, 3, -0.5f, 0, float.Epsilon], file.Read(2));
        Assert.Equal([7, 8, 9], file.Read(1));
        Assert.Throws<EndOfStreamException>(() => file.Read(1));
    }

    [Fact]
    public void The_file_is_only_little_endian_float32()
    {
        using (var file = new VectorFile(FilePath, dimensions: 2))
        {
            file.Append([1, -2]);
        }

        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0], File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void An_incomplete_vector_is_removed()
    {
        using (var written = new VectorFile(FilePath, dimensions: 2))
        {
            written.Append([1, 2]);
            written.Append([3, 4]);
        }

        using (var shortened = File.OpenWrite(FilePath))
        {
            shortened.SetLength(13);
        }

        using var file = new VectorFile(FilePath, dimensions: 2);
        Assert.Equal(1, file.Count);
        file.Append([5, 6]);
        file.Rewind();
        Assert.Equal([1, 2, 5, 6], file.Read(2));
    }

    [Fact]
    public void Two_processes_cannot_write_to_one_file()
    {
        using var first = new VectorFile(FilePath, dimensions: 2);

        Assert.Contains(
            "--work", Assert.Throws<CommandException>(() => new VectorFile(FilePath, dimensions: 2)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
