namespace Jina.Embeddings.AspNetCore;

/// <summary>Checks options for values that are out of range.</summary>
internal static class EndpointOptionsRules
{
    /// <summary>Returns one sentence per problem. Each begins with the name of the option. API keys are never repeated.</summary>
    public static IReadOnlyList<string> Problems(JinaEmbeddingEndpointOptions options) =>
        [.. CheckRanges(options).OfType<string>(), .. options.ApiKeys.Select(CheckKey).OfType<string>()];

    private static IEnumerable<string?> CheckRanges(JinaEmbeddingEndpointOptions options)
    {
        yield return CheckPositive(options.MaxInputs, nameof(options.MaxInputs));
        yield return CheckPositive(options.MaxTokens, nameof(options.MaxTokens));
        yield return CheckPositive(options.MaxBodyBytes, nameof(options.MaxBodyBytes));
        yield return CheckPositive(options.MaxConcurrentRequests, nameof(options.MaxConcurrentRequests));
        yield return CheckPositive(options.MaxQueuedInputs, nameof(options.MaxQueuedInputs)) ?? CheckQueue(options);
        yield return Enum.IsDefined(options.TokenIdEncoding)
            ? null
            : $"{nameof(options.TokenIdEncoding)} is {options.TokenIdEncoding}; expected {TokenIdEncodingNames.Expected}.";

        const string bodyBytes = nameof(options.MaxBodyBytes);
        var most = Array.MaxLength / 2;
        yield return options.MaxBodyBytes <= most ? null : $"{bodyBytes} is {options.MaxBodyBytes}; expected at most {most}.";
        yield return options.MaxBodyBytes is < 1 || options.MaxBodyBytes > most || options.MaxInputs < 1 ? null : CheckMemory(options);
    }

    private static string? CheckMemory(JinaEmbeddingEndpointOptions options)
    {
        var least = MemoryNeeds.OfLargestBody(options);
        return options.MaxMemoryBytes >= least
            ? null
            : $"{nameof(options.MaxMemoryBytes)} is {options.MaxMemoryBytes}; "
                + $"expected at least {least}, or a body of {nameof(options.MaxBodyBytes)}, {options.MaxBodyBytes}, would never fit.";
    }

    private static string? CheckPositive(int value, string name) => value < 1 ? $"{name} is {value}; expected at least 1." : null;

    private static string? CheckQueue(JinaEmbeddingEndpointOptions options) => options.MaxQueuedInputs >= options.MaxInputs
        ? null
        : $"{nameof(options.MaxQueuedInputs)} is {options.MaxQueuedInputs}; "
            + $"expected at least {nameof(options.MaxInputs)}, {options.MaxInputs}, or the largest request would never fit.";

    private static string? CheckKey(string? key, int index)
    {
        const int least = JinaEmbeddingEndpointOptions.MinKeyLength;
        var name = $"{nameof(JinaEmbeddingEndpointOptions.ApiKeys)}:{index}";
        if (key is null || key.Length < least)
        {
            return $"{name} has {key?.Length ?? 0} characters; expected at least {least}.";
        }

        return key.All(character => character is >= '!' and <= '~')
            ? null
            : $"{name} has a character that a header cannot contain; expected printable ASCII without spaces.";
    }
}
