using System.CommandLine;
using System.CommandLine.Parsing;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Creates <c>--model</c>, which is the same for all commands.</summary>
internal static class ModelOption
{
    /// <summary>The models that a user can write, as a part of a description.</summary>
    public const string Values =
        "A known model (jina-embedding-s-en-v1, -b-, -l-), a folder in Hugging Face layout, or org/name on the hub. "
        + "A name can have a revision: org/name@revision";

    /// <summary>Gets the library's default model.</summary>
    private static JinaEmbeddingModel Default { get; } = new JinaEmbeddingOptions().Model;

    public static Option<JinaEmbeddingModel> Create() => new("--model")
    {
        Description = $"{Values}.",
        HelpName = "MODEL",
        DefaultValueFactory = static _ => Default,
        CustomParser = static result => Parse(result, result.Tokens[0].Value),
    };

    /// <summary>Creates the option for a command that runs several models.</summary>
    public static Option<JinaEmbeddingModel[]> CreateMany() => new("--model")
    {
        Description = $"{Values}; can be repeated.",
        HelpName = "MODEL",
        DefaultValueFactory = static _ => [Default],
        Arity = ArgumentArity.OneOrMore,
        CustomParser = static result => [.. result.Tokens.Select(token => Parse(result, token.Value)).OfType<JinaEmbeddingModel>()],
    };

    /// <summary>Parses a model. A value that is not a model is an error of the result.</summary>
    public static JinaEmbeddingModel? Parse(ArgumentResult result, string value)
    {
        try
        {
            return JinaEmbeddingModel.Parse(value);
        }
        catch (ArgumentException) when (value.AsSpan().ContainsAny('/', '\\') && !value.Contains('@', StringComparison.Ordinal))
        {
            // The value is a path to a missing folder, which is a failure instead of wrong usage.
            return JinaEmbeddingModel.FromDirectory(value);
        }
        catch (ArgumentException e)
        {
            var option = result.Parent is OptionResult parent ? $"{parent.Option.Name}: " : "";
            result.AddError($"{option}{MessageOf(e)}");
            return null;
        }
    }

    /// <summary>Returns the message without the name of the library's parameter, which means nothing to the user.</summary>
    public static string MessageOf(ArgumentException exception)
    {
        var end = exception.Message.LastIndexOf($" (Parameter '{exception.ParamName}')", StringComparison.Ordinal);
        return end < 0 ? exception.Message : exception.Message[..end];
    }
}
