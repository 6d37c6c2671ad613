using System.CommandLine;
using Jina.Embeddings.Tool.Input;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Represents <c>--shard</c>.</summary>
internal sealed class ShardOption : Option<Shard?>
{
    public ShardOption()
        : base("--shard")
    {
        Description =
            "Embed only the records whose index has the remainder I when divided by N. auto reads I from the variable of the job "
            + $"scheduler ({Shard.Variables}), and auto without N also reads N from it.";
        HelpName = "I/N|auto/N|auto";
        CustomParser = result =>
        {
            try
            {
                return Shard.Parse(result.Tokens[0].Value, Environment.GetEnvironmentVariable);
            }
            catch (FormatException e)
            {
                result.AddError($"--shard: {e.Message}");
                return null;
            }
        };
    }
}
