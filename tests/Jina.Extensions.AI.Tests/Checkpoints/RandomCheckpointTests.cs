using Jina.Extensions.AI.Checkpoints;
using Jina.Testing;
using Jina.Testing.Checkpoints;

namespace Jina.Extensions.AI.Tests.Checkpoints;

public sealed class RandomCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(WeightFormat.Safetensors, WeightType.F32, false)]
    [InlineData(WeightFormat.Safetensors, WeightType.F16, true)]
    [InlineData(WeightFormat.Safetensors, WeightType.BF16, false)]
    [InlineData(WeightFormat.TorchZip, WeightType.F32, true)]
    [InlineData(WeightFormat.TorchZip, WeightType.F16, false)]
    [InlineData(WeightFormat.TorchZip, WeightType.BF16, true)]
    public void Every_weight_lies_where_the_directory_says(WeightFormat format, WeightType type, bool gated)
    {
        var options = new RandomCheckpointOptions { Format = format, Type = type, Gated = gated };
        var checkpoint = Checkpoint.Open(RandomCheckpoint.Write(_folder.Path, options));

        Assert.Equal(gated, checkpoint.Config.GatedGelu);
        Assert.Equal(gated ? 21 : 19, checkpoint.Tensors.Count);
        Assert.All(checkpoint.Tensors.Values, tensor => Assert.Equal(RandomCheckpoint.Values(options, tensor.Name), WeightReader.Read(tensor)));
    }

    [Fact]
    public void The_config_is_that_of_the_options()
    {
        var checkpoint = Checkpoint.Open(RandomCheckpoint.Write(_folder.Path));

        Assert.Equal(
            new T5Config
            {
                VocabularySize = 512,
                HiddenSize = 32,
                LayerCount = 2,
                HeadCount = 4,
                HeadSize = 6,
                FeedForwardSize = 48,
                GatedGelu = false,
            },
            checkpoint.Config);
    }
}
