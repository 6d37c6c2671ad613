using System.CommandLine;
using System.CommandLine.Parsing;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>--model</c>, the same for all commands.</summary>
internal static class ModelOption
{
    private const string Values = "A known model (jina-embedding-s-en-v1, -b-, -l-), a folder in Hugging Face layout, or org/name on the hub";

    public static Option<JinaEmbeddingModel> Create() => new("--model")
    {
        Description = $"{Values}.",
        HelpName = "MODEL",
        Required = true,
        CustomParser = static result => Parse(result, result.Tokens[0].Value),
    };

    /// <summary>The option for a command that runs several.</summary>
    public static Option<JinaEmbeddingModel[]> CreateMany() => new("--model")
    {
        Description = $"{Values}; may be repeated.",
        HelpName = "MODEL",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = static result => [.. result.Tokens.Select(token => Parse(result, token.Value)).OfType<JinaEmbeddingModel>()],
    };

    private static JinaEmbeddingModel? Parse(ArgumentResult result, string value)
    {
        try
        {
            return JinaEmbeddingModel.Parse(value);
        }
        catch (ArgumentException) when (value.AsSpan().ContainsAny('/', '\\'))
        {
            // Only a path looks so: a folder that is not there, which is a failure and no wrong usage.
            return JinaEmbeddingModel.FromDirectory(value);
        }
        catch (ArgumentException e)
        {
            result.AddError($"--model: {MessageOf(e)}");
            return null;
        }
    }

    /// <summary>The message without the name of the library's parameter, which is none of the user's.</summary>
    public static string MessageOf(ArgumentException exception)
    {
        var end = exception.Message.LastIndexOf($" (Parameter '{exception.ParamName}')", StringComparison.Ordinal);
        return end < 0 ? exception.Message : exception.Message[..end];
    }
}
