using Jina.Extensions.AI.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Jina.Extensions.AI.DependencyInjection;

/// <summary>Reads the options of a model from configuration, and reports the keys and values that cannot be read.</summary>
/// <param name="optionsName">The name of the options.</param>
/// <param name="section">The section that has the keys.</param>
internal sealed class ConfiguredOptions(string optionsName, IConfiguration section)
    : IConfigureNamedOptions<JinaEmbeddingOptions>, IValidateOptions<JinaEmbeddingOptions>
{
    /// <summary>The maximum number of edits between an unknown key and the option that was probably meant.</summary>
    private const int MaxTypoEdits = 2;

    /// <summary>Gets the path of the section with a colon at its end, or an empty string for the root.</summary>
    public string Prefix { get; } = section is IConfigurationSection { Path.Length: > 0 } named ? $"{named.Path}:" : string.Empty;

    public void Configure(JinaEmbeddingOptions options) => Configure(Microsoft.Extensions.Options.Options.DefaultName, options);

    public void Configure(string? name, JinaEmbeddingOptions options)
    {
        if (name == optionsName)
        {
            Read(options);
        }
    }

    /// <summary>Reports what <see cref="Configure(string?, JinaEmbeddingOptions)"/> could not read.</summary>
    /// <remarks>An exception in that method would hide all problems except the first one.</remarks>
    public ValidateOptionsResult Validate(string? name, JinaEmbeddingOptions options)
    {
        if (name != optionsName)
        {
            return ValidateOptionsResult.Skip;
        }

        var problems = Read(new JinaEmbeddingOptions());
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private List<string> Read(JinaEmbeddingOptions options)
    {
        var problems = new List<string>();

        // The application can keep other sections beside the options, so only a key with a value can be a mistyped option.
        foreach (var entry in section.GetChildren().Where(entry => entry.Value is not null))
        {
            if (OptionKeys.All.FirstOrDefault(key => key.Name.Equals(entry.Key, StringComparison.OrdinalIgnoreCase)) is { } known)
            {
                Read(known, entry.Value!, options, problems);
            }
            else if (OptionKeys.All.MinBy(key => EditDistance.Between(entry.Key, key.Name)) is { } nearest
                && EditDistance.Between(entry.Key, nearest.Name) <= MaxTypoEdits)
            {
                problems.Add($"{Prefix}{entry.Key} is not an option; did you mean {nearest.Name}?");
            }
        }

        return problems;
    }

    private void Read(OptionKey key, string text, JinaEmbeddingOptions options, List<string> problems)
    {
        // An empty value means that the option is not set, e.g. by an empty environment variable.
        if (text.Length == 0)
        {
            return;
        }

        try
        {
            key.Assign(options, text);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            problems.Add($"{Prefix}{key.Name} is '{text}'; expected {key.Expected}.");
        }
    }
}
