using System.Text;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Checkpoints.Weights;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Int8Weights;
using Jina.Extensions.AI.Models;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Int8Weights;

/// <summary>Tests when the int8 weights are generated, and their contents.</summary>
public sealed class Int8CheckpointTests : IDisposable
{
    private static readonly RandomCheckpointOptions Options = new() { DenseSize = 16, Gated = true };

    private readonly TemporaryFolder _model = new();
    private readonly TemporaryFolder _cache = new();
    private readonly ProgressList _progress = new();

    public Int8CheckpointTests() => RandomCheckpoint.Write(_model.Path, Options, TestContext.Current.CancellationToken);

    private string Int8File => _model.File(ModelFileNames.Int8Weights);

    public void Dispose()
    {
        _model.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public void The_weights_are_beside_the_published_ones_in_a_quarter_of_their_size()
    {
        var published = Checkpoint.Open(_model.Path);

        var int8 = Ensure();

        Assert.Equal(_model.Path, int8.Folder);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_cache.Path));
        Assert.True(new FileInfo(Int8File).Length < RandomCheckpoint.WeightBytes(Options) / 2);
        Assert.Equal(TensorElementType.Int8, int8.Embedding.ElementType);
        Assert.Equal((published.Config, published.Pipeline.MaxTokens), (int8.Config, int8.Pipeline.MaxTokens));
        Assert.Equal(published.Pipeline.Dense!.Shape, int8.Pipeline.Dense!.Shape);
        Assert.Single(Directory.EnumerateFiles(_model.Path, "*int8*"));
    }

    [Fact]
    public void Weights_times_scales_are_the_published_weights()
    {
        var int8 = Ensure();
        foreach (var weight in RandomCheckpoint.Weights(Options))
        {
            var expected = weight.Values();
            var stored = int8.Tensors[weight.Name];
            var (actual, tolerance) = stored.ElementType == TensorElementType.Int8
                ? (Dequantized(int8, stored), 0.5001 / 127)
                : (Floats(stored), 0);

            var columnScales = ColumnScales(int8, stored);
            Assert.All(expected.Chunk(weight.Shape[^1]).Zip(actual.Chunk(weight.Shape[^1])), row =>
            {
                // Half a step of a row, in the scale of its column.
                var step = row.First.Zip(columnScales).Max(pair => Math.Abs(pair.First / pair.Second)) * tolerance;
                Assert.All(row.First.Zip(row.Second, columnScales), value =>
                    Assert.InRange(Math.Abs(value.First - value.Second), 0, step * value.Third));
            });
        }

        Assert.Equal(Floats(Checkpoint.Open(_model.Path).Pipeline.Dense!), Floats(int8.Pipeline.Dense!));
    }

    [Fact]
    public void A_large_column_of_the_table_does_not_round_the_others()
    {
        var table = Checkpoint.Open(_model.Path).Embedding;
        var columns = (int)table.Shape[1];
        for (var row = 0; row < table.Shape[0]; row++)
        {
            TestFiles.ChangeInPlace(table.File, table.Offset + (row * columns * sizeof(float)), BitConverter.GetBytes(1000f + row));
        }

        var int8 = Ensure();

        var published = Floats(table);
        var after = Dequantized(int8, int8.Embedding);
        Assert.All(published.Zip(after), pair => Assert.InRange(
            Math.Abs(pair.First - pair.Second), 0, pair.First > 900 ? pair.First / 50 : 0.05));
    }

    [Fact]
    public void A_column_of_zeros_stays_zero()
    {
        var table = Checkpoint.Open(_model.Path).Embedding;
        for (var row = 0; row < table.Shape[0]; row++)
        {
            TestFiles.ChangeInPlace(table.File, table.Offset + (row * (int)table.Shape[1] * sizeof(float)), BitConverter.GetBytes(0f));
        }

        var int8 = Ensure();

        Assert.All(Dequantized(int8, int8.Embedding).Chunk((int)table.Shape[1]), row => Assert.Equal(0, row[0]));
    }

    [Fact]
    public void The_file_is_generated_once()
    {
        Ensure();
        var old = DateTime.UtcNow.AddDays(-1);
        File.SetLastWriteTimeUtc(Int8File, old);
        _progress.Take();

        Ensure();

        Assert.Equal(old, File.GetLastWriteTimeUtc(Int8File));
        Assert.Empty(_progress.Take());
    }

    [Fact]
    public void Progress_grows_to_the_bytes_of_the_weights()
    {
        Ensure();

        var reports = _progress.Take();
        Assert.All(reports, report => Assert.Equal(RandomCheckpoint.WeightBytes(Options), report.TotalBytes));
        Assert.Equal(reports.Length, reports.Select(report => report.BytesDone).Distinct().Count());
        Assert.Equal(RandomCheckpoint.WeightBytes(Options), reports.Max(report => report.BytesDone));
    }

    [Theory]
    [InlineData(WeightFormat.Safetensors, WeightType.F16)]
    [InlineData(WeightFormat.TorchZip, WeightType.BF16)]
    public void Other_weights_in_the_same_folder_are_quantized_again(WeightFormat format, WeightType type)
    {
        Ensure();
        var before = File.ReadAllBytes(Int8File);

        File.Delete(_model.File("model.safetensors"));
        RandomCheckpoint.Write(_model.Path, Options with { Format = format, Type = type, Seed = 2 }, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(Int8File, DateTime.UtcNow.AddDays(1));
        Ensure();

        Assert.NotEqual(before, File.ReadAllBytes(Int8File));
        Assert.NotEmpty(_progress.Take());
    }

    [Fact]
    public void Another_Dense_module_counts_as_other_weights()
    {
        Ensure();
        var dense = _model.File("2_Dense", "model.safetensors");
        var bytes = File.ReadAllBytes(dense);
        bytes[^1] ^= 1;
        File.WriteAllBytes(dense, bytes);
        _progress.Take();

        Ensure();

        Assert.NotEmpty(_progress.Take());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(77)]
    [InlineData(300)]
    [InlineData(511)]
    public void A_changed_row_of_the_table_is_quantized_again_even_if_size_and_time_are_kept(int row)
    {
        Ensure();
        var table = Checkpoint.Open(_model.Path).Embedding;
        var rowBytes = (int)table.Shape[1] * sizeof(float);
        TestFiles.ChangeInPlace(table.File, table.Offset + (row * rowBytes), BitConverter.GetBytes(100f));
        _progress.Take();

        var int8 = Ensure();

        Assert.NotEmpty(_progress.Take());
        var scale = Floats(int8.Tensors[Int8WeightNames.Scale(table.Name)])[row];
        Assert.Equal(100f / 127, scale * ColumnScales(int8, int8.Embedding)[0], 1e-6f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(3000)]
    [InlineData(-1)]
    public void A_truncated_file_is_generated_again(int length)
    {
        Ensure();
        var good = File.ReadAllBytes(Int8File);
        File.WriteAllBytes(Int8File, length < 0 ? good[..^1] : good[..length]);

        Ensure();

        Assert.Equal(good, File.ReadAllBytes(Int8File));
    }

    [Theory]
    [InlineData("\"jina_int8\":\"2\"", "\"jina_int8\":\"0\"")]
    [InlineData("\"jina_int8\":\"2\"", "\"jina_in_8\":\"2\"")]
    [InlineData("\"source\":\"", "\"sourcf\":\"")]
    [InlineData("\"dtype\":\"I8\"", "\"dtype\":\"XX\"")]
    [InlineData("{", "<")]
    public void A_file_of_another_version_or_with_garbage_is_generated_again(string found, string changed)
    {
        Ensure();
        var good = File.ReadAllBytes(Int8File);
        var text = Encoding.Latin1.GetString(good);
        var at = text.IndexOf(found, StringComparison.Ordinal);
        File.WriteAllBytes(Int8File, Encoding.Latin1.GetBytes(text[..at] + changed + text[(at + found.Length)..]));

        Ensure();

        Assert.Equal(good, File.ReadAllBytes(Int8File));
    }

    [Fact]
    public void The_file_is_not_accepted_as_a_published_checkpoint()
    {
        Ensure();
        File.Copy(Int8File, _model.File("model.safetensors"), overwrite: true);

        var error = Assert.Throws<JinaModelException>(() => Checkpoint.Open(_model.Path));

        Assert.Contains("is of type I8; F32, F16 or BF16 is expected", error.Message, StringComparison.Ordinal);
    }

    private Checkpoint Ensure() => Int8Checkpoint.Ensure(Checkpoint.Open(_model.Path), _cache.Path, _progress);

    private static float[] Floats(TensorEntry entry)
    {
        using var reader = new WeightReader([entry]);
        return reader.Read(entry);
    }

    /// <summary>Returns the weight as it was published: [out, in], or the table's rows.</summary>
    private static float[] Dequantized(Checkpoint int8, TensorEntry entry)
    {
        var scales = Floats(int8.Tensors[Int8WeightNames.Scale(entry.Name)]);
        using var file = BoundedFile.Open(entry.File);
        var bytes = file.Read(entry.Offset, (int)entry.Length);
        var columns = bytes.Length / scales.Length;
        var isTable = entry.Name == T5WeightNames.Embedding;
        var columnScales = ColumnScales(int8, entry);
        return [.. Enumerable.Range(0, bytes.Length).Select(i =>
            scales[i / columns] * columnScales[i % columns]
                * (sbyte)(isTable ? bytes[i] : bytes[(i % columns * scales.Length) + (i / columns)]))];
    }

    /// <summary>Returns the scales of a tensor's columns, which are 1 except for the embedding table.</summary>
    private static float[] ColumnScales(Checkpoint int8, TensorEntry entry) => entry.Name == T5WeightNames.Embedding
        ? Floats(int8.Tensors[Int8WeightNames.ColumnScale(entry.Name)])
        : [.. Enumerable.Repeat(1f, (int)entry.Shape.Max())];
}
