using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <summary>Represents the options of one request.</summary>
/// <param name="Normalize">Whether vectors are scaled to unit length.</param>
/// <param name="Truncation">The policy for a text that is too long.</param>
internal readonly record struct RequestOptions(bool Normalize, TruncationPolicy Truncation)
{
    /// <summary>Reads the options of a request. For options that are not set, the generator's own apply.</summary>
    /// <exception cref="ArgumentException">The model cannot meet the request, or a value has the wrong type.</exception>
    public static RequestOptions Read(
        EmbeddingGenerationOptions? options, EmbeddingGeneratorMetadata metadata, JinaEmbeddingOptions defaults)
    {
        RequireSameModel(options, metadata, defaults.Model);
        return new RequestOptions(
            ReadProperty(options, JinaEmbeddingGenerator.NormalizeKey, defaults.Normalize),
            ReadProperty(options, JinaEmbeddingGenerator.TruncationKey, defaults.Truncation));
    }

    private static T ReadProperty<T>(EmbeddingGenerationOptions? options, string key, T fallback)
        where T : struct
    {
        object? value = null;
        options?.AdditionalProperties?.TryGetValue(key, out value);
        switch (value)
        {
            case null:
                return fallback;
            case T typed:
                return typed;
            case string name when IsNamed<T>(name, out var named):
                return named;
            default:
                throw new ArgumentException(
                    $"The additional property '{key}' is {value} ({value.GetType().Name}). Expected a {typeof(T).Name}.", nameof(options));
        }
    }

    private static bool IsNamed<T>(string name, out T value)
        where T : struct
    {
        value = default;
        return typeof(T).IsEnum && Enum.TryParse(name, ignoreCase: true, out value) && Enum.IsDefined(typeof(T), value);
    }

    private static void RequireSameModel(EmbeddingGenerationOptions? options, EmbeddingGeneratorMetadata metadata, JinaEmbeddingModel model)
    {
        if (options?.Dimensions is { } dimensions && dimensions != metadata.DefaultModelDimensions)
        {
            throw new ArgumentException(
                $"Dimensions {dimensions} was requested, "
                + $"but the vectors of {model.Name} have {metadata.DefaultModelDimensions} dimensions. "
                + "These models are not Matryoshka models: a shortened vector is not a valid embedding. Do not set Dimensions.",
                nameof(options));
        }

        if (options?.ModelId is { } id
            && !id.Equals(model.Name, StringComparison.OrdinalIgnoreCase)
            && !id.Equals(model.Repository, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"ModelId '{id}' was requested, but this generator runs {model.Name}. "
                + "Do not set ModelId, or register that model as a second generator.",
                nameof(options));
        }
    }
}
