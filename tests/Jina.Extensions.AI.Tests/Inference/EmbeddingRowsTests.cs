using System.Runtime.InteropServices;
using CsCheck;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Inference;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Inference;

/// <summary>Tests an embedding table whose rows are read when they are needed.</summary>
public sealed class EmbeddingRowsTests : IDisposable
{
    private const int Rows = 50;
    private const int Columns = 8;
    private const int Offset = 12;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_rows_of_texts_and_of_the_padding_are_those_of_the_file()
    {
        using var file = new WatchedFile(Write());
        Gen.Int[0, Rows - 1].Array[1, 20].Array[1, 5].Sample(calls =>
        {
            using var rows = new EmbeddingRows(file, Table(Rows));
            foreach (var ids in calls)
            {
                rows.Read([new T5Encoding([.. ids], truncated: false)]);

                Assert.All(ids.Append(0), id => Assert.Equal(Row(id), At(rows, id)));
            }
        });
    }

    [Fact]
    public void Rows_that_were_read_stay_when_the_file_is_written_and_others_are_rejected()
    {
        var path = Write();
        using var file = new WatchedFile(path);
        using var rows = new EmbeddingRows(file, Table(Rows));
        T5Encoding[] known = [new([3, 4], truncated: false)];
        rows.Read(known);

        File.WriteAllBytes(path, new byte[(Rows * Columns * sizeof(float)) + Offset + 1]);

        rows.Read(known);
        Assert.Equal(Row(4), At(rows, 4));
        var error = Assert.Throws<JinaModelException>(() => rows.Read([new([4, 5], truncated: false)]));
        Assert.Equal(path, error.ModelPath);
        Assert.Equal(Row(4), At(rows, 4));
    }

    [Fact]
    public void Threads_can_read_the_same_rows()
    {
        using var file = new WatchedFile(Write());
        using var rows = new EmbeddingRows(file, Table(Rows));

        Parallel.For(0, 200, i =>
        {
            var id = i % Rows;
            rows.Read([new T5Encoding([id, Rows - 1 - id], truncated: false)]);
            Assert.Equal(Row(id), At(rows, id));
        });
    }

    [Fact]
    public void A_file_that_ends_before_the_end_of_the_table_is_rejected()
    {
        using var file = new WatchedFile(Write());

        var error = Assert.Throws<JinaModelException>(() => new EmbeddingRows(file, Table(Rows + 1)));

        Assert.Contains("The file is truncated", error.Message, StringComparison.Ordinal);
    }

    private static float[] Row(int id) => [.. Enumerable.Range(0, Columns).Select(column => (id * 100f) + column)];

    private static float[] At(EmbeddingRows rows, int id)
    {
        var row = new float[Columns];
        Marshal.Copy(rows.Address + (id * Columns * sizeof(float)), row, 0, Columns);
        return row;
    }

    private TensorEntry Table(int rows) => new(
        "table", _folder.File("table"), Offset, rows * Columns * sizeof(float), TensorElementType.Float32, [rows, Columns], [Columns, 1]);

    private string Write()
    {
        var path = _folder.File("table");
        var values = Enumerable.Range(0, Rows).SelectMany(Row).ToArray();
        File.WriteAllBytes(path, [.. new byte[Offset], .. MemoryMarshal.AsBytes(values.AsSpan())]);
        return path;
    }
}
