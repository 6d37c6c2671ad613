namespace Jina.Extensions.AI.Loading;

/// <summary>The most ids of a text: the options' limit within the model's.</summary>
internal static class TokenBudget
{
    /// <exception cref="ArgumentOutOfRangeException">The options ask for more than the model allows.</exception>
    public static int Of(JinaEmbeddingOptions options, int modelLimit, string folder) =>
        options.MaxTokens <= modelLimit || options.MaxTokens is null
            ? options.MaxTokens ?? modelLimit
            : throw new ArgumentOutOfRangeException(
                nameof(options), options.MaxTokens, $"{nameof(options.MaxTokens)} is above the {modelLimit} tokens that {folder} allows.");
}
