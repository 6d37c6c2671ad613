using System.Globalization;

namespace Jina.Extensions.AI.DependencyInjection;

/// <summary>Represents an option that configuration can set.</summary>
/// <param name="Name">The name of the option, which is also its key.</param>
/// <param name="Expected">The expected values, for messages.</param>
/// <param name="Assign">
/// Parses a value and sets the option. Throws <see cref="FormatException"/>, <see cref="OverflowException"/> or
/// <see cref="ArgumentException"/> if it cannot be parsed.
/// </param>
internal sealed record OptionKey(string Name, string Expected, Action<JinaEmbeddingOptions, string> Assign);

/// <summary>Lists the options that configuration can set.</summary>
/// <remarks>They are mapped by hand, because reflection does not work in trimmed apps.</remarks>
internal static class OptionKeys
{
    private const string ModelValues =
        "a catalog name (jina-embedding-s-en-v1, -b-, -l-), an existing model directory, or org/name on the hub";

    public static IReadOnlyList<OptionKey> All { get; } =
    [
        Text(nameof(JinaEmbeddingOptions.Model), ModelValues, static (options, text) => options.Model = JinaEmbeddingModel.Parse(text)),
        Text(nameof(JinaEmbeddingOptions.CacheDirectory), "a directory", static (options, text) => options.CacheDirectory = text),
        Switch(nameof(JinaEmbeddingOptions.Offline), static (options, value) => options.Offline = value),
        Text(nameof(JinaEmbeddingOptions.HubEndpoint), "a URL", static (options, text) => options.HubEndpoint = text),
        Text(nameof(JinaEmbeddingOptions.HubToken), "a token", static (options, text) => options.HubToken = text),
        Switch(nameof(JinaEmbeddingOptions.Normalize), static (options, value) => options.Normalize = value),
        Member<TruncationPolicy>(nameof(JinaEmbeddingOptions.Truncation), static (options, value) => options.Truncation = value),
        Number(nameof(JinaEmbeddingOptions.MaxTokens), static (options, value) => options.MaxTokens = value),
        Switch(nameof(JinaEmbeddingOptions.SpecialTokensAsText), static (options, value) => options.SpecialTokensAsText = value),
        Switch(nameof(JinaEmbeddingOptions.PreferOnnxExport), static (options, value) => options.PreferOnnxExport = value),
        Member<Precision>(nameof(JinaEmbeddingOptions.Precision), static (options, value) => options.Precision = value),
        Number(nameof(JinaEmbeddingOptions.MaxThreads), static (options, value) => options.MaxThreads = value),
        Number(nameof(JinaEmbeddingOptions.MaxBatchTokens), static (options, value) => options.MaxBatchTokens = value),
        Switch(nameof(JinaEmbeddingOptions.ReleaseMemoryWhenIdle), static (options, value) => options.ReleaseMemoryWhenIdle = value),
    ];

    private static OptionKey Text(string name, string expected, Action<JinaEmbeddingOptions, string> assign) => new(name, expected, assign);

    private static OptionKey Switch(string name, Action<JinaEmbeddingOptions, bool> assign) =>
        new(name, "true or false", (options, text) => assign(options, bool.Parse(text)));

    private static OptionKey Number(string name, Action<JinaEmbeddingOptions, int> assign) =>
        new(name, "a whole number", (options, text) => assign(options, int.Parse(text, CultureInfo.InvariantCulture)));

    private static OptionKey Member<T>(string name, Action<JinaEmbeddingOptions, T> assign)
        where T : struct, Enum =>
        new(name, string.Join(" or ", Enum.GetNames<T>()), (options, text) => assign(options, Enum.Parse<T>(text, ignoreCase: true)));
}
