using System.CommandLine;
using Jina.Extensions.AI.Models;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Suggests the command or option that a user probably meant.</summary>
internal static class Suggestion
{
    /// <summary>Returns a question with a leading space, or an empty string if the command has no similar name.</summary>
    public static string For(string written, Command command)
    {
        var names = command.Subcommands.Select(known => known.Name).Concat(command.Options.Select(known => known.Name));

        // An abbreviation has more edits than a typing error.
        var whole = names.Where(name => name.StartsWith(written, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (written.Length > 1 && whole is [var only])
        {
            return $" Did you mean {only}?";
        }

        return EditDistance.FindSimilar(written, names) is { } similar ? $" Did you mean {similar}?" : "";
    }
}
