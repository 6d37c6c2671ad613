using Jina.Extensions.AI.Options;
using Microsoft.Extensions.Options;

namespace Jina.Extensions.AI.DependencyInjection;

/// <summary>Represents a registered model, and validates its options.</summary>
internal sealed class RegisteredModel : IPostConfigureOptions<JinaEmbeddingOptions>, IValidateOptions<JinaEmbeddingOptions>
{
    private readonly string _prefix;

    /// <param name="serviceKey">The key of the model, or <see langword="null"/> for the model without a key.</param>
    /// <param name="prefix">The text before the name of an option in messages. If <see langword="null"/>, the type of the options.</param>
    public RegisteredModel(object? serviceKey, string? prefix = null)
    {
        OptionsName = OptionsNameOf(serviceKey);
        Description = serviceKey is null ? nameof(JinaEmbeddingOptions) : $"{nameof(JinaEmbeddingOptions)} '{serviceKey}'";
        _prefix = prefix ?? $"{Description}.";
    }

    /// <summary>Gets the name of the options.</summary>
    public string OptionsName { get; }

    /// <summary>Gets the options in words, for messages.</summary>
    public string Description { get; }

    /// <summary>Returns the name of the options of a model. A key that is not a string is prefixed with its type.</summary>
    public static string OptionsNameOf(object? serviceKey) => serviceKey switch
    {
        null => Microsoft.Extensions.Options.Options.DefaultName,
        string key => key,
        _ => $"{serviceKey.GetType().FullName}:{serviceKey}",
    };

    /// <summary>Sets the prefix for problems that are found only when the model is loaded.</summary>
    public void PostConfigure(string? name, JinaEmbeddingOptions options)
    {
        if (name == OptionsName)
        {
            options.KeyPrefix = _prefix;
        }
    }

    public ValidateOptionsResult Validate(string? name, JinaEmbeddingOptions options)
    {
        if (name != OptionsName)
        {
            return ValidateOptionsResult.Skip;
        }

        var problems = JinaEmbeddingOptionsRules.Problems(options);
        return problems.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(problems.Select(problem => _prefix + problem));
    }
}
