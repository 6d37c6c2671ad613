using System.CommandLine;
using System.CommandLine.Parsing;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>--model</c>, the same for all commands.</summary>
internal static class ModelOption
{
    public static Option<JinaEmbeddingModel> Create() => new("--model")
    {
        Description = "A known model (jina-embedding-s-en-v1, -b-, -l-), a folder in Hugging Face layout, or org/name on the hub.",
        HelpName = "MODEL",
        Required = true,
        CustomParser = Parse,
    };

    private static JinaEmbeddingModel? Parse(ArgumentResult result)
    {
        var value = result.Tokens[0].Value;
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
