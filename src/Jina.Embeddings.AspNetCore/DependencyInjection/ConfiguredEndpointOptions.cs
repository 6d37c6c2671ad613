using System.Globalization;
using Jina.Embeddings.AspNetCore.Limits;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Jina.Embeddings.AspNetCore.DependencyInjection;

/// <summary>Reads the endpoint's options from configuration, mapped by hand: no reflection, so it works when trimmed.</summary>
/// <param name="section">Where the keys are, and nothing else: a mistyped <c>ApiKeys</c> must not open the server.</param>
internal sealed class ConfiguredEndpointOptions(IConfiguration section) : IConfigureOptions<JinaEmbeddingEndpointOptions>
{
    private static readonly Dictionary<string, Action<JinaEmbeddingEndpointOptions, int>> Counts = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(JinaEmbeddingEndpointOptions.MaxInputs)] = static (options, value) => options.MaxInputs = value,
        [nameof(JinaEmbeddingEndpointOptions.MaxTokens)] = static (options, value) => options.MaxTokens = value,
        [nameof(JinaEmbeddingEndpointOptions.MaxBodyBytes)] = static (options, value) => options.MaxBodyBytes = value,
        [nameof(JinaEmbeddingEndpointOptions.MaxConcurrentRequests)] = static (options, value) => options.MaxConcurrentRequests = value,
        [nameof(JinaEmbeddingEndpointOptions.MaxQueuedInputs)] = static (options, value) => options.MaxQueuedInputs = value,
    };

    /// <summary>Gets what stands before an option's name in its key.</summary>
    public string Prefix { get; } = section is IConfigurationSection { Path.Length: > 0 } named ? $"{named.Path}:" : string.Empty;

    /// <summary>Sets what can be read.</summary>
    public void Configure(JinaEmbeddingEndpointOptions options) => Read(options);

    /// <summary>Says what <see cref="Configure"/> had to leave out: an exception there would hide all but the first.</summary>
    public IReadOnlyList<string> Problems() => Read(new JinaEmbeddingEndpointOptions());

    private List<string> Read(JinaEmbeddingEndpointOptions options)
    {
        var problems = new List<string>();
        foreach (var entry in section.GetChildren())
        {
            if (Is(entry, nameof(options.ApiKeys)))
            {
                ReadKeys(entry, options.ApiKeys);
            }
            else if (Is(entry, nameof(options.StrictModel)))
            {
                ReadSwitch(entry, options, problems);
            }
            else if (Counts.TryGetValue(entry.Key, out var assign))
            {
                ReadCount(entry, value => assign(options, value), problems);
            }
            else
            {
                problems.Add($"{Prefix}{entry.Key} is no option; expected some of {string.Join(", ", Counts.Keys)}, {nameof(options.StrictModel)}, {nameof(options.ApiKeys)}.");
            }
        }

        return problems;
    }

    /// <summary>A single key may stand for a list of one. An empty list is an empty value.</summary>
    private static void ReadKeys(IConfigurationSection entry, IList<string> keys)
    {
        var values = entry.Value is { Length: > 0 } single ? [single] : entry.GetChildren().Select(child => child.Value ?? string.Empty);
        foreach (var value in values)
        {
            keys.Add(value);
        }
    }

    private void ReadSwitch(IConfigurationSection entry, JinaEmbeddingEndpointOptions options, List<string> problems)
    {
        if (bool.TryParse(entry.Value, out var value))
        {
            options.StrictModel = value;
        }
        else if (entry.Value is not (null or ""))
        {
            problems.Add($"{Prefix}{entry.Key} is '{entry.Value}'; expected true or false.");
        }
    }

    private void ReadCount(IConfigurationSection entry, Action<int> assign, List<string> problems)
    {
        if (int.TryParse(entry.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value))
        {
            assign(value);
        }
        else if (entry.Value is not (null or ""))
        {
            problems.Add($"{Prefix}{entry.Key} is '{entry.Value}'; expected a whole number.");
        }
    }

    private static bool Is(IConfigurationSection entry, string name) => entry.Key.Equals(name, StringComparison.OrdinalIgnoreCase);
}
