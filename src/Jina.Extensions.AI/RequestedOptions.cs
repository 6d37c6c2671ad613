using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <summary>What one call asks for: the model as it is, and how its vectors are given.</summary>
/// <param name="Normalize">Whether vectors are scaled to unit length.</param>
/// <param name="Truncation">What happens to a text that is too long.</param>
internal readonly record struct RequestedOptions(bool Normalize, TruncationPolicy Truncation)
{
    /// <summary>Reads a call's options; what they leave out is the generator's.</summary>
    /// <exception cref="ArgumentException">The call wants another model or dimension, or a value has the wrong type: nothing is ignored in silence.</exception>
    public static RequestedOptions Of(EmbeddingGenerationOptions? options, EmbeddingGeneratorMetadata metadata, JinaEmbeddingOptions defaults)
    {
        ThrowIfForeign(options, metadata, defaults.Model);
        return new RequestedOptions(
            Read(options, JinaEmbeddingGenerator.NormalizeKey, defaults.Normalize),
            Read(options, JinaEmbeddingGenerator.TruncationKey, defaults.Truncation));
    }

    private static T Read<T>(EmbeddingGenerationOptions? options, string key, T fallback)
        where T : struct
    {
        object? value = null;
        return options?.AdditionalProperties?.TryGetValue(key, out value) is not true || value is null ? fallback
            : value is T wanted ? wanted
            : value is string name && typeof(T).IsEnum && Enum.TryParse<T>(name, ignoreCase: true, out var named) && Enum.IsDefined(typeof(T), named) ? named
            : throw new ArgumentException($"The additional property '{key}' is {value} ({value.GetType().Name}); expected a {typeof(T).Name}.", nameof(options));
    }

    private static void ThrowIfForeign(EmbeddingGenerationOptions? options, EmbeddingGeneratorMetadata metadata, JinaEmbeddingModel model)
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
