using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Options;

/// <summary>What is wrong with options, before anything is read or downloaded for them.</summary>
internal static class JinaEmbeddingOptionsRules
{
    /// <summary>Returns one sentence for each problem; each begins with the name of the option.</summary>
    public static IReadOnlyList<string> Problems(JinaEmbeddingOptions options) =>
        [.. new JinaEmbeddingOptionsRanges().Validate(name: null, options).Failures ?? [], .. Contradictions(options)];

    private static IEnumerable<string> Contradictions(JinaEmbeddingOptions options)
    {
        if (options is { PreferOnnxExport: true, Precision: not Precision.Fp32 })
        {
            yield return $"{nameof(options.PreferOnnxExport)} is true, but {nameof(options.Precision)} is {options.Precision}; expected only one of them, as an export runs in its own arithmetic.";
        }

        if (options.MaxTokens > ModelCatalogue.MaxTokens && options.Model?.Repository is { } repository && ModelCatalogue.Find(repository) is { } known)
        {
            yield return $"{nameof(options.MaxTokens)} is {options.MaxTokens}; expected at most {ModelCatalogue.MaxTokens}, as {known.Name} reads no more.";
        }

        if (options.HubEndpoint is { Length: > 0 } endpoint && !Uri.TryCreate(endpoint, UriKind.Absolute, out _))
        {
            yield return $"{nameof(options.HubEndpoint)} is '{endpoint}'; expected an address such as https://huggingface.co.";
        }
    }
}
