using System.CommandLine;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>--precision</c>, the same for all commands that run a model.</summary>
internal sealed class PrecisionOption : Option<string>
{
    private static readonly Dictionary<string, Precision> Values = new() { ["fp32"] = Precision.Fp32, ["int8"] = Precision.Int8 };

    public PrecisionOption()
        : base("--precision")
    {
        Description = "The arithmetic of the model: exact, or several times as fast. An index must be filled and asked in one precision.";
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

    /// <summary>Returns a precision's name, as the option takes it.</summary>
    public static string NameOf(Precision precision) => Values.Single(value => value.Value == precision).Key;

    public Precision Of(ParseResult parsed) => Values[parsed.GetRequiredValue(this)];
}
