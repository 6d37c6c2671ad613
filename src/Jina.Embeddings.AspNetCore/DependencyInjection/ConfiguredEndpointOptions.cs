using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Jina.Embeddings.AspNetCore.DependencyInjection;

/// <summary>Reads the endpoint's options from configuration without reflection, so that it works in trimmed apps.</summary>
/// <param name="section">The section. Unknown keys are rejected, so that a mistyped <c>ApiKeys</c> does not open the server.</param>
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

    private static readonly string[] Others =
    [
        nameof(JinaEmbeddingEndpointOptions.MaxMemoryBytes), nameof(JinaEmbeddingEndpointOptions.StrictModel),
        nameof(JinaEmbeddingEndpointOptions.StrictFields), nameof(JinaEmbeddingEndpointOptions.TokenIdEncoding),
        nameof(JinaEmbeddingEndpointOptions.ApiKeys),
    ];

    /// <summary>Gets the part of a configuration key before the name of the option.</summary>
    public string Prefix { get; } = section is IConfigurationSection { Path.Length: > 0 } named ? $"{named.Path}:" : string.Empty;

    /// <summary>Sets the options whose values can be parsed.</summary>
    public void Configure(JinaEmbeddingEndpointOptions options) => Read(options);

    /// <summary>Returns what <see cref="Configure"/> had to leave out. An exception there would hide all problems but the first.</summary>
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
                ReadSwitch(entry, value => options.StrictModel = value, problems);
            }
            else if (Is(entry, nameof(options.StrictFields)))
            {
                ReadSwitch(entry, value => options.StrictFields = value, problems);
            }
            else if (Is(entry, nameof(options.TokenIdEncoding)))
            {
                ReadEncoding(entry, options, problems);
            }
            else if (Is(entry, nameof(options.MaxMemoryBytes)))
            {
                ReadCount<long>(entry, value => options.MaxMemoryBytes = value, problems);
            }
            else if (Counts.TryGetValue(entry.Key, out var assign))
            {
                ReadCount<int>(entry, value => assign(options, value), problems);
            }
            else
            {
                var known = string.Join(", ", Counts.Keys.Concat(Others));
                problems.Add($"{Prefix}{entry.Key} is not an option; expected one of {known}.");
            }
        }

        return problems;
    }

    /// <summary>Reads a list of keys, or a single key.</summary>
    private static void ReadKeys(IConfigurationSection entry, IList<string> keys)
    {
        var values = entry.Value is { Length: > 0 } single ? [single] : entry.GetChildren().Select(child => child.Value ?? string.Empty);
        foreach (var value in values)
        {
            keys.Add(value);
        }
    }

    private void ReadSwitch(IConfigurationSection entry, Action<bool> assign, List<string> problems)
    {
        if (bool.TryParse(entry.Value, out var value))
        {
            assign(value);
        }
        else if (entry.Value is not (null or ""))
        {
            problems.Add($"{Prefix}{entry.Key} is '{entry.Value}'; expected true or false.");
        }
    }

    private void ReadEncoding(IConfigurationSection entry, JinaEmbeddingEndpointOptions options, List<string> problems)
    {
        if (TokenIdEncodingNames.Find(entry.Value) is { } encoding)
        {
            options.TokenIdEncoding = encoding;
        }
        else if (entry.Value is not (null or ""))
        {
            problems.Add($"{Prefix}{entry.Key} is '{entry.Value}'; expected {TokenIdEncodingNames.Expected}.");
        }
    }

    private void ReadCount<T>(IConfigurationSection entry, Action<T> assign, List<string> problems)
        where T : IBinaryInteger<T>
    {
        if (T.TryParse(entry.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value))
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

/// <summary>Checks the endpoint's options. If they come from configuration, each message begins with the key.</summary>
internal sealed class EndpointOptionsValidator(IEnumerable<ConfiguredEndpointOptions> configured)
    : IValidateOptions<JinaEmbeddingEndpointOptions>
{
    /// <summary>Returns all problems: values that cannot be parsed, and values out of range.</summary>
    public ValidateOptionsResult Validate(string? name, JinaEmbeddingEndpointOptions options)
    {
        var prefix = configured.FirstOrDefault()?.Prefix ?? $"{nameof(JinaEmbeddingEndpointOptions)}.";
        string[] problems =
        [
            .. configured.SelectMany(section => section.Problems()),
            .. EndpointOptionsRules.Problems(options).Select(problem => prefix + problem),
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
