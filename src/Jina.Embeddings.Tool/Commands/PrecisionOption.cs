using System.CommandLine;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Represents <c>--precision</c>, which is the same for all commands that run a model.</summary>
internal sealed class PrecisionOption : Option<string>
{
    private static readonly Dictionary<string, Precision> Values =
        new(StringComparer.OrdinalIgnoreCase) { ["fp32"] = Precision.Fp32, ["int8"] = Precision.Int8 };

    public PrecisionOption()
        : base("--precision")
    {
        Description =
            "The model's arithmetic: exact (fp32), or several times as fast (int8). Use the same precision for indexing and querying.";
        HelpName = "fp32|int8";
        DefaultValueFactory = _ => "fp32";
        Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !Values.ContainsKey(token.Value))
            {
                result.AddError($"--precision is '{token.Value}'; expected {string.Join(" or ", Values.Keys)}.");
            }
        });
    }

    /// <summary>Returns the option's value for a precision.</summary>
    public static string NameOf(Precision precision) => Values.Single(value => value.Value == precision).Key;

    public Precision Parse(ParseResult parsed) => Values[parsed.GetRequiredValue(this)];
}
