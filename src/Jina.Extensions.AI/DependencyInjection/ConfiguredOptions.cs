using Jina.Extensions.AI.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Jina.Extensions.AI.DependencyInjection;

/// <summary>Reads the options of a model from configuration, and reports the keys and values that cannot be read.</summary>
/// <param name="optionsName">The name of the options.</param>
/// <param name="section">The section that has the keys.</param>
/// <param name="environment">
/// The host, whose content root is the directory of relative paths. If <see langword="null"/>, it is the current directory.
/// </param>
internal sealed class ConfiguredOptions(string optionsName, IConfiguration section, IHostEnvironment? environment)
    : IConfigureNamedOptions<JinaEmbeddingOptions>, IValidateOptions<JinaEmbeddingOptions>
{
    /// <summary>The maximum number of edits between an unknown key and the option that was probably meant.</summary>
    private const int MaxTypoEdits = 2;

    private readonly string _prefix = PrefixOf(section);

    private readonly string _baseDirectory = environment?.ContentRootPath ?? "";

    /// <summary>Returns the path of a section with a colon at its end, or an empty string for the root.</summary>
    public static string PrefixOf(IConfiguration section) =>
        section is IConfigurationSection { Path.Length: > 0 } named ? $"{named.Path}:" : string.Empty;

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

        foreach (var key in OptionKeys.All)
        {
            Read(key, section[key.Name], options, problems);
        }

        // The application can keep other sections beside the options, so only a key with a value can be a mistyped option.
        foreach (var entry in section.GetChildren().Where(entry => entry.Value is not null && !OptionKeys.Contains(entry.Key)))
        {
            if (OptionKeys.All.MinBy(key => EditDistance.Between(entry.Key, key.Name)) is { } nearest
                && EditDistance.Between(entry.Key, nearest.Name) <= MaxTypoEdits)
            {
                problems.Add($"{_prefix}{entry.Key} is not an option; did you mean {nearest.Name}?");
            }
        }

        return problems;
    }

    private void Read(OptionKey key, string? text, JinaEmbeddingOptions options, List<string> problems)
    {
        // An empty value means that the option is not set, e.g. by an empty environment variable.
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        try
        {
            key.Assign(options, text, _baseDirectory);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            problems.Add($"{_prefix}{key.Name} is '{text}'; expected {key.Expected}.{Missing(key, text)}");
        }
    }

    private string Missing(OptionKey key, string text) => key.Name == OptionKeys.ModelKey && !text.Contains('\0', StringComparison.Ordinal)
        ? $" The directory {Path.GetFullPath(Path.Combine(_baseDirectory, text))} does not exist."
        : "";
}
