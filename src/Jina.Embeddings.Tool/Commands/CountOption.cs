using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Creates options whose value is an integer of at least 1.</summary>
internal static class CountOption
{
    public static Option<int?> Create(string name, string description) => Create<int>(name, description);

    public static Option<T?> Create<T>(string name, string description)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        return new Option<T?>(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result =>
            {
                var value = result.Tokens[0].Value;
                if (T.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= T.One)
                {
                    return count;
                }

                result.AddError($"{name} is '{value}'; expected an integer from 1 to {T.MaxValue}.");
                return null;
            },
        };
    }
}
