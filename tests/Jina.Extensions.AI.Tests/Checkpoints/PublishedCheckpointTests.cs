using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.SentenceTransformers;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Checkpoints;

public sealed class PublishedCheckpointTests
{
    [Fact]
    public void A_published_torch_checkpoint_opens()
    {
        var checkpoint = Checkpoint.Open(SharedData.RequirePath("tiny-random-t5"));

        Assert.Equal(
            new T5Config
            {
                VocabularySize = 1302,
                HiddenSize = 32,
                LayerCount = 5,
                HeadCount = 4,
                HeadSize = 8,
                FeedForwardSize = 37,
                GatedGelu = false,
                RelativeAttentionBuckets = 8,
            },
            checkpoint.Config);
        Assert.Equal(new SentencePipeline(MaxTokens: 512, Normalize: false, Dense: null), checkpoint.Pipeline);
        Assert.Equal([1302, 32], checkpoint.Tensors[T5WeightNames.Embedding].Shape);
    }
}
