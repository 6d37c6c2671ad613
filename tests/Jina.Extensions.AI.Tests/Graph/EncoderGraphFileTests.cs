using Google.Protobuf;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Models;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Graph;

public sealed class EncoderGraphFileTests : IDisposable
{
    private readonly TemporaryFolder _model = new();
    private readonly TemporaryFolder _cache = new();
    private readonly Checkpoint _checkpoint;

    public EncoderGraphFileTests() => _checkpoint = Checkpoint.Open(
        RandomCheckpoint.Write(_model.Path, new RandomCheckpointOptions { DenseSize = 16 }));

    public void Dispose()
    {
        _model.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public void The_graph_is_beside_the_weights_and_contains_none_of_them()
    {
        var path = EncoderGraphFile.Ensure(_checkpoint, _cache.Path).Path;

        Assert.Equal(_model.File(ModelFileNames.Fp32Graph), path);
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
        Assert.Equal(
            [ModelFileNames.Fp32TokenGraph, ModelFileNames.Fp32Graph],
            Directory.EnumerateFiles(_model.Path, "*.onnx*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_graph_for_tokens_is_written_beside_the_graph_for_texts()
    {
        var texts = EncoderGraphFile.Ensure(_checkpoint, _cache.Path);

        Assert.Equal(_model.File(ModelFileNames.Fp32TokenGraph), texts.Tokens!.Path);
        Assert.True(File.Exists(texts.Tokens.Path));
        Assert.Null(EncoderGraphFile.Ensure(_checkpoint, _cache.Path, EncoderOutput.Tokens).Tokens);
    }

    [Fact]
    public void If_the_model_directory_cannot_be_written_the_cache_has_both_graphs()
    {
        Directory.CreateDirectory(_model.File(ModelFileNames.Fp32Graph));

        var texts = EncoderGraphFile.Ensure(_checkpoint, _cache.Path);

        Assert.StartsWith(_cache.File("graphs"), texts.Path, StringComparison.Ordinal);
        Assert.Equal(Path.Combine(Path.GetDirectoryName(texts.Path)!, ModelFileNames.Fp32TokenGraph), texts.Tokens!.Path);
        using var session = EncoderSession.Open(texts.Tokens.Path);
        Assert.Equal(16, session.Dimensions);
    }

    [Fact]
    public void The_graph_for_texts_does_not_need_the_graph_for_tokens()
    {
        // A folder at the graph's path blocks writing even for an administrator.
        Directory.CreateDirectory(_model.File(ModelFileNames.Fp32TokenGraph));

        var texts = EncoderGraphFile.Ensure(_checkpoint, _cache.Path);

        Assert.Equal(_model.File(ModelFileNames.Fp32Graph), texts.Path);
        Assert.Null(texts.Tokens);
        Assert.StartsWith(
            _cache.File("graphs"),
            EncoderGraphFile.Ensure(_checkpoint, _cache.Path, EncoderOutput.Tokens).Path,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_cache_has_the_graph_and_links_to_the_weights_of_a_read_only_folder()
    {
        var path = EncoderGraphFile.EnsureInCache(_checkpoint, T5EncoderGraph.Build(_checkpoint, out _).ToByteArray(), _cache.Path);

        Assert.StartsWith(_cache.File("graphs"), path, StringComparison.Ordinal);
        using var session = EncoderSession.Open(path);
        Assert.Equal(16, session.Dimensions);
        Assert.Equal(
            path, EncoderGraphFile.EnsureInCache(_checkpoint, T5EncoderGraph.Build(_checkpoint, out _).ToByteArray(), _cache.Path));
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
    public void If_neither_place_can_be_written_the_error_names_both()
    {
        // A folder at the graph's path and a file at the cache's path block writing even for an administrator.
        Directory.CreateDirectory(_model.File(ModelFileNames.Fp32Graph));
        File.WriteAllText(_cache.File("blocked"), string.Empty);

        var error = Assert.Throws<JinaModelException>(() => EncoderGraphFile.Ensure(_checkpoint, _cache.File("blocked")));

        Assert.StartsWith($"{_model.Path}: The model's graph cannot be written here", error.Message, StringComparison.Ordinal);
        Assert.Contains(_cache.File("blocked"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_weights_at_the_same_path_have_a_folder_of_their_own_in_the_cache()
    {
        var graph = T5EncoderGraph.Build(_checkpoint, out _).ToByteArray();
        var before = EncoderGraphFile.EnsureInCache(_checkpoint, graph, _cache.Path);
        var weights = _model.File("model.safetensors");
        var time = File.GetLastWriteTimeUtc(weights);
        var bytes = File.ReadAllBytes(weights);
        bytes[^1] ^= 1;

        // A new container image can have another file with the same name, size and time.
        File.Delete(weights);
        File.WriteAllBytes(weights, bytes);
        File.SetLastWriteTimeUtc(weights, time);

        Assert.NotEqual(before, EncoderGraphFile.EnsureInCache(_checkpoint, graph, _cache.Path));
    }
}
