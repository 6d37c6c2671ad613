using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Jina.Extensions.AI.DependencyInjection;

/// <summary>Reads options from configuration, key by key: no reflection, so it works when trimmed.</summary>
internal static class ConfigurationReader
{
    /// <exception cref="ArgumentException">A value cannot be read; the message names the key, the value and what was expected.</exception>
    public static void Read(IConfiguration section, JinaEmbeddingOptions options)
    {
        Apply(section, nameof(options.Model), "a catalogue name, an existing folder, or org/name", JinaEmbeddingModel.Parse, value => options.Model = value);
        Apply(section, nameof(options.CacheDirectory), "a folder", static text => text, value => options.CacheDirectory = value);
        Apply(section, nameof(options.Offline), "true or false", bool.Parse, value => options.Offline = value);
        Apply(section, nameof(options.HubEndpoint), "an address", static text => text, value => options.HubEndpoint = value);
        Apply(section, nameof(options.HubToken), "a token", static text => text, value => options.HubToken = value);
        Apply(section, nameof(options.Normalize), "true or false", bool.Parse, value => options.Normalize = value);
        Apply(section, nameof(options.Truncation), string.Join(" or ", Enum.GetNames<TruncationPolicy>()), ParseName<TruncationPolicy>, value => options.Truncation = value);
        Apply(section, nameof(options.MaxTokens), "a whole number", ParseNumber, value => options.MaxTokens = value);
        Apply(section, nameof(options.SpecialTokensAsText), "true or false", bool.Parse, value => options.SpecialTokensAsText = value);
        Apply(section, nameof(options.PreferOnnxExport), "true or false", bool.Parse, value => options.PreferOnnxExport = value);
        Apply(section, nameof(options.Precision), string.Join(" or ", Enum.GetNames<Precision>()), ParseName<Precision>, value => options.Precision = value);
        Apply(section, nameof(options.MaxThreads), "a whole number", ParseNumber, value => options.MaxThreads = value);
        Apply(section, nameof(options.MaxBatchTokens), "a whole number", ParseNumber, value => options.MaxBatchTokens = value);
    }

    private static int ParseNumber(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static T ParseName<T>(string text)
        where T : struct, Enum => Enum.Parse<T>(text, ignoreCase: true);

    private static void Apply<T>(IConfiguration section, string key, string expected, Func<string, T> parse, Action<T> assign)
    {
        if (section[key] is not { Length: > 0 } text)
        {
            return;
        }

        try
        {
            assign(parse(text));
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            var path = section is IConfigurationSection { Path.Length: > 0 } named ? $"{named.Path}:{key}" : key;
            throw new ArgumentException($"{path} is '{text}'; expected {expected}. {(e is ArgumentException && key == nameof(JinaEmbeddingOptions.Model) ? e.Message : string.Empty)}".TrimEnd(), e);
        }
    }
}
