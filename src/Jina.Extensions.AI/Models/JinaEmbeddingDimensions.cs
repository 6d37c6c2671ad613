namespace Jina.Extensions.AI;

/// <summary>Contains the vector lengths of the published models, as constants for attributes.</summary>
/// <example><code>[VectorStoreVector(JinaEmbeddingDimensions.SmallEnV1)]</code></example>
public static class JinaEmbeddingDimensions
{
    /// <summary>The dimensions of <see cref="JinaEmbeddingModel.Demo"/>: 256.</summary>
    public const int Demo = 256;

    /// <summary>The dimensions of <see cref="JinaEmbeddingModel.SmallEnV1"/>: 512.</summary>
    public const int SmallEnV1 = 512;

    /// <summary>The dimensions of <see cref="JinaEmbeddingModel.BaseEnV1"/>: 768.</summary>
    public const int BaseEnV1 = 768;

    /// <summary>The dimensions of <see cref="JinaEmbeddingModel.LargeEnV1"/>: 1024.</summary>
    public const int LargeEnV1 = 1024;
}
