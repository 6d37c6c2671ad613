using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <summary>What a caller may ask for in one call: nothing but the model as it is.</summary>
internal static class RequestedOptions
{
    /// <summary>Refuses another model or another dimension, which would otherwise be ignored in silence.</summary>
    public static void ThrowIfForeign(EmbeddingGenerationOptions? options, EmbeddingGeneratorMetadata metadata, JinaEmbeddingModel model)
    {
        if (options?.Dimensions is { } dimensions && dimensions != metadata.DefaultModelDimensions)
        {
            throw new ArgumentException(
                $"Dimensions {dimensions} was asked for, but {model.Name} gives {metadata.DefaultModelDimensions}. These models are not Matryoshka models: a cut vector is no valid embedding. Leave Dimensions out.",
                nameof(options));
        }

        if (options?.ModelId is { } id && !id.Equals(model.Name, StringComparison.OrdinalIgnoreCase) && !id.Equals(model.Repository, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"ModelId '{id}' was asked for, but this generator runs {model.Name}. Leave ModelId out, or register that model as a second generator.",
                nameof(options));
        }
    }
}
