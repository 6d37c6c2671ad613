using System.Text.Json.Nodes;
using Jina.RandomCheckpoints;

namespace Jina.Extensions.AI.Tests.Checkpoints.Safetensors;

public sealed class ShardTests : IDisposable
{
    private const string Index = "model.safetensors.index.json";

    private static readonly RandomCheckpointOptions Tiny = new();

    private readonly TrialModel _model = new(Tiny);

    public ShardTests()
    {
        File.Delete(_model.File("model.safetensors"));
        var map = new JsonObject();
        foreach (var shard in RandomCheckpoint.Weights(Tiny).Index().GroupBy(
            weight => $"model-0000{(weight.Index % 2) + 1}-of-00002.safetensors"))
        {
            SafetensorsWriter.Write(_model.File(shard.Key), shard.Select(weight => weight.Item));
            foreach (var weight in shard)
            {
                map[weight.Item.Name] = shard.Key;
            }
        }

        _model.Put(Index, System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["weight_map"] = map }.ToJsonString()));
    }

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Every_weight_is_found_in_its_shard()
    {
        var tensors = _model.Open().Tensors;

        Assert.Equal(2, tensors.Values.Select(tensor => tensor.File).Distinct().Count());
        Assert.All(tensors.Values, tensor => Assert.Equal(RandomCheckpoint.Values(Tiny, tensor.Name), WeightReader.Read(tensor)));
    }

    [Fact]
    public void A_missing_shard_is_named()
    {
        File.Delete(_model.File("model-00002-of-00002.safetensors"));

        _model.AssertRejected("model-00002-of-00002.safetensors", "The file is missing");
    }

    [Fact]
    public void A_weight_that_is_missing_in_its_shard_is_named()
    {
        _model.Edit(Index, index => index["weight_map"]!["more"] = "model-00001-of-00002.safetensors");

        _model.AssertRejected(Index, "The file maps more to model-00001-of-00002.safetensors, which does not contain it");
    }

    [Fact]
    public void A_shard_outside_the_folder_is_rejected()
    {
        _model.Edit(Index, index => index["weight_map"]!["shared.weight"] = "../model.safetensors");

        _model.AssertRejected(Index, "'../model.safetensors', which leads out of the model directory");
    }

    [Fact]
    public void An_index_without_a_map_is_rejected()
    {
        _model.Edit(Index, index => index["weight_map"] = 1);

        _model.AssertRejected(Index, "The file has no weight_map object");
    }
}
