using Jina.Extensions.AI;
using Jina.RandomCheckpoints;

namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>A size in which a random model is written.</summary>
/// <param name="Letter">How it is called on the command line.</param>
/// <param name="ModelName">The published model that has this size.</param>
/// <param name="Checkpoint">What is written.</param>
internal sealed record RandomModelSize(string Letter, string ModelName, RandomCheckpointOptions Checkpoint)
{
    public static IReadOnlyList<RandomModelSize> All { get; } =
    [
        new("s", JinaEmbeddingModel.SmallEnV1.Name, RandomCheckpointOptions.Small),
        new("b", JinaEmbeddingModel.BaseEnV1.Name, RandomCheckpointOptions.Base),
        new("l", JinaEmbeddingModel.LargeEnV1.Name, RandomCheckpointOptions.Large),
    ];

    /// <summary>The bytes of its weights.</summary>
    public long Bytes => RandomCheckpoint.WeightBytes(Checkpoint);

    /// <summary>Returns the size of this letter, or null if there is none.</summary>
    public static RandomModelSize? Find(string letter) => All.FirstOrDefault(size => size.Letter == letter);
}
