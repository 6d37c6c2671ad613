using System.Buffers.Binary;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Int8Weights;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Int8Weights;

/// <summary>Where the int8 weights go, and what happens where they cannot be made.</summary>
public sealed class Int8PlaceTests : IDisposable
{
    private readonly TemporaryFolder _model = new();
    private readonly TemporaryFolder _cache = new();
    private readonly ProgressList _progress = new();

    public Int8PlaceTests() => RandomCheckpoint.Write(_model.Path, cancellationToken: TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _model.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public void A_folder_that_cannot_be_written_gets_its_weights_and_graph_in_the_cache()
    {
        BlockFolder();

        var int8 = Ensure();

        Assert.StartsWith(_cache.File("graphs"), int8.Folder, StringComparison.Ordinal);
        using var session = EncoderSession.Open(EncoderGraphFile.Ensure(int8, _cache.Path).Path);
        Assert.Equal(32, session.Dimensions);
        Assert.NotEmpty(_progress.Take());
        Assert.Equal(int8.Folder, Ensure().Folder);
        Assert.Empty(_progress.Take());
    }

    [Fact]
    public void Progress_starts_again_where_the_folder_turns_out_not_to_be_writable()
    {
        BlockFolder();

        Ensure();

        Assert.Equal(_progress.Take().Max(report => report.BytesDone), RandomCheckpoint.WeightBytes(new RandomCheckpointOptions()));
    }

    [Fact]
    public void Where_nothing_can_be_written_the_error_names_both_places()
    {
        // A folder in the file's place and a file in the cache's place stop even an administrator.
        BlockFolder();
        File.WriteAllText(_cache.File("blocked"), string.Empty);

        var error = Assert.Throws<JinaModelException>(() => Int8Checkpoint.Ensure(Checkpoint.Open(_model.Path), _cache.File("blocked"), null));

        Assert.StartsWith($"{_model.Path}: The int8 weights can be written neither here", error.Message, StringComparison.Ordinal);
        Assert.Contains(_cache.File("blocked"), error.Message, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Theory]
    [InlineData("shared.weight", float.NaN)]
    [InlineData("encoder.block.1.layer.1.DenseReluDense.wo.weight", float.PositiveInfinity)]
    [InlineData("encoder.final_layer_norm.weight", float.NegativeInfinity)]
    public void A_weight_that_is_no_number_is_refused_by_name_and_leaves_no_file(string name, float value)
    {
        var entry = Checkpoint.Open(_model.Path).Tensors[name];
        var bytes = File.ReadAllBytes(entry.File);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan((int)(entry.Offset + entry.Length - 4)), value);
        File.WriteAllBytes(entry.File, bytes);

        var error = Assert.Throws<JinaModelException>(Ensure);

        Assert.Equal(entry.File, error.ModelPath);
        Assert.Contains($"{name} holds values that are infinite or no numbers", error.Message, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public void Many_may_make_the_file_at_once()
    {
        var folders = new string[8];

        Parallel.For(0, folders.Length, i => folders[i] = Ensure().Folder);

        Assert.All(folders, folder => Assert.Equal(_model.Path, folder));
        Assert.Single(Directory.EnumerateFiles(_model.Path, "*int8*"));
    }

    /// <summary>As a read-only folder would, but even for an administrator: a folder stands in the file's place.</summary>
    private void BlockFolder() => Directory.CreateDirectory(_model.File(Int8Checkpoint.FileName));

    private void AssertNothingLeft()
    {
        Assert.Empty(Directory.EnumerateFiles(_model.Path, "*int8*"));
        Assert.Empty(Directory.EnumerateFiles(_cache.Path, "*int8*", SearchOption.AllDirectories));
    }

    private Checkpoint Ensure() => Int8Checkpoint.Ensure(Checkpoint.Open(_model.Path), _cache.Path, _progress);
}
