using System.CommandLine;
using System.Globalization;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Creates options whose value is an integer of at least 1.</summary>
internal static class CountOption
{
    public static Option<int?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var value = result.Tokens[0].Value;
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1)
            {
                return count;
            }

            result.AddError($"{name} is '{value}'; expected an integer from 1 to {int.MaxValue}.");
            return null;
        },
    };
}
