using Jina.Extensions.AI.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Jina.Extensions.AI.DependencyInjection;

/// <summary>Reads the options of one registration from configuration, and names the keys whose values cannot be read.</summary>
/// <param name="registration">The name of its options.</param>
/// <param name="section">Where the keys are.</param>
internal sealed class ConfiguredOptions(string registration, IConfiguration section) : IConfigureNamedOptions<JinaEmbeddingOptions>, IValidateOptions<JinaEmbeddingOptions>
{
    /// <summary>The most edits between a key that is there and the option that was probably meant.</summary>
    private const int Typo = 2;

    /// <summary>Gets what stands before an option's name in its key.</summary>
    public string Prefix { get; } = section is IConfigurationSection { Path.Length: > 0 } named ? $"{named.Path}:" : string.Empty;

    public void Configure(string? name, JinaEmbeddingOptions options) => Read(name, options);

    public void Configure(JinaEmbeddingOptions options) => Read(Microsoft.Extensions.Options.Options.DefaultName, options);

    /// <summary>Says what <see cref="Configure(string?, JinaEmbeddingOptions)"/> had to leave out: an exception there would hide all but the first.</summary>
    public ValidateOptionsResult Validate(string? name, JinaEmbeddingOptions options)
    {
        var problems = Read(name, new JinaEmbeddingOptions());
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private List<string> Read(string? name, JinaEmbeddingOptions options)
    {
        var problems = new List<string>();
        if (name != registration)
        {
            return problems;
        }

        // A section of its own may stand beside the options; only a value can be a mistyped one.
        foreach (var key in section.GetChildren().Where(child => child.Value is not null).Select(child => child.Key))
        {
            var known = OptionKeys.All.FirstOrDefault(option => option.Name.Equals(key, StringComparison.OrdinalIgnoreCase));
            if (known is not null)
            {
                Read(known, options, problems);
            }
            else if (OptionKeys.All.MinBy(option => EditDistance.Between(key, option.Name)) is { } nearest && EditDistance.Between(key, nearest.Name) <= Typo)
            {
                problems.Add($"{Prefix}{key} is no option; did you mean {nearest.Name}?");
            }
        }

        return problems;
    }

    private void Read(OptionKey key, JinaEmbeddingOptions options, List<string> problems)
    {
        if (section[key.Name] is not { Length: > 0 } text)
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
