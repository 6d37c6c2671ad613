using System.Globalization;

namespace Jina.Extensions.AI.DependencyInjection;

/// <summary>Represents an option that configuration can set.</summary>
/// <param name="Name">The name of the option, which is also its key.</param>
/// <param name="Expected">The expected values, for messages.</param>
/// <param name="Assign">
/// Parses a value and sets the option; the last parameter is the directory of relative paths. Throws <see cref="FormatException"/>,
/// <see cref="OverflowException"/> or <see cref="ArgumentException"/> if the value cannot be parsed.
/// </param>
internal sealed record OptionKey(string Name, string Expected, Action<JinaEmbeddingOptions, string, string> Assign);

/// <summary>Lists the options that configuration can set, in the order in which they are set.</summary>
/// <remarks>They are mapped by hand, because reflection does not work in trimmed apps.</remarks>
internal static class OptionKeys
{
    /// <summary>The key of the model. A value that is not a name is a path.</summary>
    public const string ModelKey = nameof(JinaEmbeddingOptions.Model);

    private const string ModelValues =
        "a catalog name (jina-embedding-s-en-v1, -b-, -l-), an existing model directory, or org/name on the hub";

    private const string RevisionValues =
        "a commit, branch or tag of a model on the hub, and no revision in the name of the model (org/name@revision)";

    public static IReadOnlyList<OptionKey> All { get; } =
    [
        new(ModelKey, ModelValues, static (options, text, directory) => options.Model = JinaEmbeddingModel.Parse(text, directory)),
        Text("Revision", RevisionValues, static (options, text) => options.Model = options.Model.At(text)),
        new(
            nameof(JinaEmbeddingOptions.CacheDirectory),
            "a directory",
            static (options, text, directory) => options.CacheDirectory = Path.GetFullPath(Path.Combine(directory, text))),
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

    public static bool Contains(string name) => All.Any(key => key.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static OptionKey Text(string name, string expected, Action<JinaEmbeddingOptions, string> assign) =>
        new(name, expected, (options, text, _) => assign(options, text));

    private static OptionKey Switch(string name, Action<JinaEmbeddingOptions, bool> assign) =>
        new(name, "true or false", (options, text, _) => assign(options, bool.Parse(text)));

    private static OptionKey Number(string name, Action<JinaEmbeddingOptions, int> assign) =>
        new(name, "a whole number", (options, text, _) => assign(options, int.Parse(text, CultureInfo.InvariantCulture)));

    private static OptionKey Member<T>(string name, Action<JinaEmbeddingOptions, T> assign)
        where T : struct, Enum =>
        new(name, string.Join(" or ", Enum.GetNames<T>()), (options, text, _) => assign(options, ParseName<T>(text)));

    /// <summary>Parses the name of a member, ignoring case. Numbers and lists of names, which Enum.Parse accepts, are rejected.</summary>
    private static T ParseName<T>(string text)
        where T : struct, Enum =>
        Enum.GetNames<T>().FirstOrDefault(name => name.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) is { } name
            ? Enum.Parse<T>(name)
            : throw new FormatException();
}
