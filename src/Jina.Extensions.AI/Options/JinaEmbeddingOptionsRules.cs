using System.ComponentModel.DataAnnotations;
using Jina.Extensions.AI.Models;
using Microsoft.Extensions.Options;

namespace Jina.Extensions.AI.Options;

/// <summary>Validates options before any file is read or downloaded.</summary>
internal static class JinaEmbeddingOptionsRules
{
    /// <summary>Returns one sentence for each problem, which starts with the name of the option.</summary>
    public static IReadOnlyList<string> Problems(JinaEmbeddingOptions options) =>
        [.. new JinaEmbeddingOptionsRanges().Validate(name: null, options).Failures ?? [], .. Contradictions(options)];

    private static IEnumerable<string> Contradictions(JinaEmbeddingOptions options)
    {
        if (options is { PreferOnnxExport: true, Precision: not Precision.Fp32 })
        {
            yield return $"{nameof(options.PreferOnnxExport)} is true, but {nameof(options.Precision)} is {options.Precision}; "
                + "expected only one of them, because an ONNX export has its own precision.";
        }

        if (options.MaxTokens > ModelCatalog.MaxTokens
            && options.Model?.Repository is { } repository
            && ModelCatalog.Find(repository) is { } known)
        {
            yield return $"{nameof(options.MaxTokens)} is {options.MaxTokens}; "
                + $"expected at most {ModelCatalog.MaxTokens}, the limit of {known.Name}.";
        }

        if (options.HubEndpoint is { Length: > 0 } endpoint && !Uri.TryCreate(endpoint, UriKind.Absolute, out _))
        {
            yield return $"{nameof(options.HubEndpoint)} is '{endpoint}'; expected a URL such as https://huggingface.co.";
        }
    }
}

/// <summary>Validates the attributes of <see cref="JinaEmbeddingOptions"/>, in generated code without reflection.</summary>
[OptionsValidator]
internal sealed partial class JinaEmbeddingOptionsRanges : IValidateOptions<JinaEmbeddingOptions>;

/// <summary>Specifies that a value must not be <see langword="null"/>.</summary>
/// <param name="expected">The expected value, for the message.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class GivenAttribute(string expected) : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) => value is null
        ? new ValidationResult($"{validationContext.MemberName} is null; expected {expected}.")
        : ValidationResult.Success;
}

/// <summary>Specifies that a value must be a defined member of its enumeration.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DefinedAttribute<T> : ValidationAttribute
    where T : struct, Enum
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) => Enum.IsDefined((T)value!)
        ? ValidationResult.Success
        : new ValidationResult($"{validationContext.MemberName} is {value}; expected {string.Join(" or ", Enum.GetNames<T>())}.");
}

/// <summary>Specifies that a number must be 1 or more, or <see langword="null"/>.</summary>
/// <param name="unit">The counted unit in the singular, and the meaning of <see langword="null"/>.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AtLeastOneAttribute(string unit) : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) => value is int and < 1
        ? new ValidationResult($"{validationContext.MemberName} is {value}; expected at least 1 {unit}.")
        : ValidationResult.Success;
}
