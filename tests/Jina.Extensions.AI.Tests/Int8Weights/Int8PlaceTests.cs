using System.Buffers.Binary;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Int8Weights;
using Jina.Extensions.AI.Models;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Int8Weights;

/// <summary>Tests the place of the int8 weights, and the errors when they cannot be generated.</summary>
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
    public void The_cache_has_the_weights_and_the_graph_of_a_folder_that_cannot_be_written()
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
    public void Progress_starts_again_if_the_folder_cannot_be_written()
    {
        BlockFolder();

        Ensure();

        Assert.Equal(_progress.Take().Max(report => report.BytesDone), RandomCheckpoint.WeightBytes(new RandomCheckpointOptions()));
    }

    [Fact]
    public void If_neither_place_can_be_written_the_error_names_both()
    {
        // A folder at the file's path and a file at the cache's path block writing even for an administrator.
        BlockFolder();
        File.WriteAllText(_cache.File("blocked"), string.Empty);

        var error = Assert.Throws<JinaModelException>(
            () => Int8Checkpoint.Ensure(Checkpoint.Open(_model.Path), _cache.File("blocked"), null));

        Assert.StartsWith($"{_model.Path}: The int8 weights cannot be written here", error.Message, StringComparison.Ordinal);
        Assert.Contains(_cache.File("blocked"), error.Message, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Theory]
    [InlineData("shared.weight", float.NaN)]
    [InlineData("encoder.block.1.layer.1.DenseReluDense.wo.weight", float.PositiveInfinity)]
    [InlineData("encoder.final_layer_norm.weight", float.NegativeInfinity)]
    public void A_weight_that_is_not_finite_is_rejected_by_name_and_leaves_no_file(string name, float value)
    {
        var entry = Checkpoint.Open(_model.Path).Tensors[name];
        var bytes = File.ReadAllBytes(entry.File);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan((int)(entry.Offset + entry.Length - 4)), value);
        File.WriteAllBytes(entry.File, bytes);

        var error = Assert.Throws<JinaModelException>(Ensure);

        Assert.Equal(entry.File, error.ModelPath);
        Assert.Contains($"{name} contains infinite values or values that are not numbers", error.Message, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public void Several_threads_can_generate_the_file_at_once()
    {
        var folders = new string[8];

        Parallel.For(0, folders.Length, i => folders[i] = Ensure().Folder);

        Assert.All(folders, folder => Assert.Equal(_model.Path, folder));
        Assert.Single(Directory.EnumerateFiles(_model.Path, "*int8*"));
    }

    /// <summary>Blocks writing like a read-only folder, but even for an administrator: a folder is at the file's path.</summary>
    private void BlockFolder() => Directory.CreateDirectory(_model.File(ModelFileNames.Int8Weights));

    private void AssertNothingLeft()
    {
        Assert.Empty(Directory.EnumerateFiles(_model.Path, "*int8*"));
        Assert.Empty(Directory.EnumerateFiles(_cache.Path, "*int8*", SearchOption.AllDirectories));
    }

    private Checkpoint Ensure() => Int8Checkpoint.Ensure(Checkpoint.Open(_model.Path), _cache.Path, _progress);
}
