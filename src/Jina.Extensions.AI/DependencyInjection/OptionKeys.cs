using System.Globalization;
using Jina.Extensions.AI.Acquisition.Hub;

namespace Jina.Extensions.AI.DependencyInjection;

/// <summary>The options that configuration can set, mapped by hand: no reflection, so it works when trimmed.</summary>
internal static class OptionKeys
{
    public static IReadOnlyList<OptionKey> All { get; } =
    [
        new(nameof(JinaEmbeddingOptions.Model), "a catalogue name (jina-embedding-s-en-v1, -b-, -l-), an existing folder, or org/name on the hub", static (options, text) => options.Model = JinaEmbeddingModel.Parse(text)),
        new(nameof(JinaEmbeddingOptions.CacheDirectory), "a folder", static (options, text) => options.CacheDirectory = text),
        Switch(nameof(JinaEmbeddingOptions.Offline), static (options, value) => options.Offline = value),
        new(nameof(JinaEmbeddingOptions.HubEndpoint), "an address", static (options, text) => options.HubEndpoint = text),
        new(nameof(JinaEmbeddingOptions.HubToken), "a token", static (options, text) => options.HubToken = text),
        Switch(nameof(JinaEmbeddingOptions.Normalize), static (options, value) => options.Normalize = value),
        Name<TruncationPolicy>(nameof(JinaEmbeddingOptions.Truncation), static (options, value) => options.Truncation = value),
        Count(nameof(JinaEmbeddingOptions.MaxTokens), static (options, value) => options.MaxTokens = value),
        Switch(nameof(JinaEmbeddingOptions.SpecialTokensAsText), static (options, value) => options.SpecialTokensAsText = value),
        Switch(nameof(JinaEmbeddingOptions.PreferOnnxExport), static (options, value) => options.PreferOnnxExport = value),
        Name<Precision>(nameof(JinaEmbeddingOptions.Precision), static (options, value) => options.Precision = value),
        Count(nameof(JinaEmbeddingOptions.MaxThreads), static (options, value) => options.MaxThreads = value),
        Count(nameof(JinaEmbeddingOptions.MaxBatchTokens), static (options, value) => options.MaxBatchTokens = value),
        Switch(nameof(JinaEmbeddingOptions.ReleaseMemoryWhenIdle), static (options, value) => options.ReleaseMemoryWhenIdle = value),
    ];

    private static OptionKey Switch(string name, Action<JinaEmbeddingOptions, bool> assign) =>
        new(name, "true or false", (options, text) => assign(options, bool.Parse(text)));

    private static OptionKey Count(string name, Action<JinaEmbeddingOptions, int> assign) =>
        new(name, "a whole number", (options, text) => assign(options, int.Parse(text, CultureInfo.InvariantCulture)));

    private static OptionKey Name<T>(string name, Action<JinaEmbeddingOptions, T> assign)
        where T : struct, Enum => new(name, string.Join(" or ", Enum.GetNames<T>()), (options, text) => assign(options, Enum.Parse<T>(text, ignoreCase: true)));
}
