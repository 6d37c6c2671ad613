using System.CommandLine;
using Jina.Embeddings.Tool.Evaluation;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Represents <c>--chunks</c>, which ranks the documents of a retrieval task by their best sentence.</summary>
internal sealed class ChunksOption : Option<string?>
{
    private static readonly Dictionary<string, ChunkKind> Values =
        new(StringComparer.OrdinalIgnoreCase) { ["plain"] = ChunkKind.Plain, ["late"] = ChunkKind.Late };

    public ChunksOption()
        : base("--chunks")
    {
        Description = "Rank documents by their best sentence. Each sentence is embedded alone (plain) or with its document (late).";
        HelpName = "plain|late";
        Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !Values.ContainsKey(token.Value))
            {
                result.AddError($"--chunks is '{token.Value}'; expected {string.Join(" or ", Values.Keys)}.");
            }
        });
    }

    /// <summary>Returns the option's value for a kind of chunks.</summary>
    public static string NameOf(ChunkKind kind) => Values.Single(value => value.Value == kind).Key;

    /// <summary>Returns the kind of chunks, or null if whole documents are embedded.</summary>
    public ChunkKind? Parse(ParseResult parsed) => parsed.GetValue(this) is { } name ? Values[name] : null;
}
