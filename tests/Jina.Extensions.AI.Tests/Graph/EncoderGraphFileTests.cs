using Google.Protobuf;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Inference;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Graph;

public sealed class EncoderGraphFileTests : IDisposable
{
    private readonly TemporaryFolder _model = new();
    private readonly TemporaryFolder _cache = new();
    private readonly Checkpoint _checkpoint;

    public EncoderGraphFileTests() => _checkpoint = Checkpoint.Open(RandomCheckpoint.Write(_model.Path, new RandomCheckpointOptions { DenseSize = 16 }));

    public void Dispose()
    {
        _model.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public void The_graph_lies_beside_the_weights_and_holds_none_of_them()
    {
        var path = EncoderGraphFile.Ensure(_checkpoint, _cache.Path).Path;

        Assert.Equal(_model.File(EncoderGraphFile.Name), path);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_cache.Path));
        Assert.True(new FileInfo(path).Length < new FileInfo(_model.File("model.safetensors")).Length / 4);
    }

    [Fact]
    public void An_unchanged_graph_is_not_written_again()
    {
        var path = EncoderGraphFile.Ensure(_checkpoint, _cache.Path).Path;
        var old = DateTime.UtcNow.AddDays(-1);
        File.SetLastWriteTimeUtc(path, old);

        EncoderGraphFile.Ensure(_checkpoint, _cache.Path);

        Assert.Equal(old, File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public void A_damaged_graph_is_written_again()
    {
        var path = EncoderGraphFile.Ensure(_checkpoint, _cache.Path).Path;
        var good = File.ReadAllBytes(path);
        File.WriteAllBytes(path, good[..100]);

        EncoderGraphFile.Ensure(_checkpoint, _cache.Path);

        Assert.Equal(good, File.ReadAllBytes(path));
        Assert.Single(Directory.EnumerateFiles(_model.Path, "*.onnx*"));
    }

    [Fact]
    public void A_read_only_folder_gets_its_graph_and_links_to_its_weights_in_the_cache()
    {
        var path = EncoderGraphFile.EnsureInCache(_checkpoint, T5EncoderGraph.Build(_checkpoint, out _).ToByteArray(), _cache.Path);

        Assert.StartsWith(_cache.File("graphs"), path, StringComparison.Ordinal);
        using var session = EncoderSession.Open(path);
        Assert.Equal(16, session.Dimensions);
        Assert.Equal(path, EncoderGraphFile.EnsureInCache(_checkpoint, T5EncoderGraph.Build(_checkpoint, out _).ToByteArray(), _cache.Path));
    }

    [Fact]
    public void Weights_behind_symbolic_links_are_linked_into_the_cache()
    {
        using var links = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(_model.Path, "*", SearchOption.AllDirectories))
        {
            var place = links.File(Path.GetRelativePath(_model.Path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.CreateSymbolicLink(place, file);
        }

        var path = EncoderGraphFile.Ensure(Checkpoint.Open(links.Path), _cache.Path).Path;

        Assert.StartsWith(_cache.File("graphs"), path, StringComparison.Ordinal);
        using var session = EncoderSession.Open(path);
        Assert.Equal(16, session.Dimensions);
    }

    [Fact]
    public void Where_nothing_can_be_written_the_error_names_both_places()
    {
        // A folder in the graph's place and a file in the cache's place stop even an administrator.
        Directory.CreateDirectory(_model.File(EncoderGraphFile.Name));
        File.WriteAllText(_cache.File("blocked"), string.Empty);

        var error = Assert.Throws<JinaModelException>(() => EncoderGraphFile.Ensure(_checkpoint, _cache.File("blocked")));

        Assert.StartsWith($"{_model.Path}: The model's graph can be written neither here", error.Message, StringComparison.Ordinal);
        Assert.Contains(_cache.File("blocked"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_weights_in_the_same_place_get_a_folder_of_their_own_in_the_cache()
    {
        var graph = T5EncoderGraph.Build(_checkpoint, out _).ToByteArray();
        var before = EncoderGraphFile.EnsureInCache(_checkpoint, graph, _cache.Path);
        var weights = _model.File("model.safetensors");
        var time = File.GetLastWriteTimeUtc(weights);
        var bytes = File.ReadAllBytes(weights);
        bytes[^1] ^= 1;

        // As a new image does: another file of the same name, size and time.
        File.Delete(weights);
        File.WriteAllBytes(weights, bytes);
        File.SetLastWriteTimeUtc(weights, time);

        Assert.NotEqual(before, EncoderGraphFile.EnsureInCache(_checkpoint, graph, _cache.Path));
    }
}
