using Jina.Embeddings.AspNetCore.Limits;

namespace Jina.Embeddings.AspNetCore;

/// <summary>What is wrong with options.</summary>
internal static class EndpointOptionsRules
{
    /// <summary>Returns one sentence for each problem; each begins with the name of the option. A key is never repeated.</summary>
    public static IReadOnlyList<string> Problems(JinaEmbeddingEndpointOptions options) =>
        [.. Ranges(options).OfType<string>(), .. options.ApiKeys.Select(ProblemOf).OfType<string>()];

    private static IEnumerable<string?> Ranges(JinaEmbeddingEndpointOptions options)
    {
        yield return BelowOne(options.MaxInputs, nameof(options.MaxInputs));
        yield return BelowOne(options.MaxTokens, nameof(options.MaxTokens));
        yield return BelowOne(options.MaxBodyBytes, nameof(options.MaxBodyBytes));
        yield return BelowOne(options.MaxConcurrentRequests, nameof(options.MaxConcurrentRequests));
        yield return BelowOne(options.MaxQueuedInputs, nameof(options.MaxQueuedInputs))
            ?? (options.MaxQueuedInputs >= options.MaxInputs ? null : $"{nameof(options.MaxQueuedInputs)} is {options.MaxQueuedInputs}; expected at least {nameof(options.MaxInputs)}, {options.MaxInputs}, or the largest request would never fit.");
        yield return options.MaxBodyBytes <= Array.MaxLength / 2 ? null : $"{nameof(options.MaxBodyBytes)} is {options.MaxBodyBytes}; expected at most {Array.MaxLength / 2}.";
    }

    private static string? BelowOne(int value, string name) => value < 1 ? $"{name} is {value}; expected at least 1." : null;

    private static string? ProblemOf(string? key, int index) =>
        key is null || key.Length < JinaEmbeddingEndpointOptions.ShortestKey
            ? $"{nameof(JinaEmbeddingEndpointOptions.ApiKeys)}:{index} has {key?.Length ?? 0} characters; expected at least {JinaEmbeddingEndpointOptions.ShortestKey}."
        : key.Any(character => character is < '!' or > '~')
            ? $"{nameof(JinaEmbeddingEndpointOptions.ApiKeys)}:{index} has a character that a header cannot carry; expected printable ASCII without spaces."
        : null;
}
