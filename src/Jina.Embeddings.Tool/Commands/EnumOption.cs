using System.CommandLine;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Creates options whose values are the names of an enumeration in lower case.</summary>
internal static class EnumOption
{
    public static Option<T?> Create<T>(string name, string description)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(value => value.ToLowerInvariant()).ToList();
        return new Option<T?>(name)
        {
            Description = description,
            HelpName = string.Join('|', names),
            CustomParser = result =>
            {
                var value = result.Tokens[0].Value;
                if (names.Contains(value.ToLowerInvariant()))
                {
                    return Enum.Parse<T>(value, ignoreCase: true);
                }

                result.AddError($"{name} is '{value}'; expected {string.Join(", ", names.SkipLast(1))} or {names[^1]}.");
                return null;
            },
        };
    }
}
