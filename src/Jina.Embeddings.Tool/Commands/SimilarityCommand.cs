using System.CommandLine;
using System.CommandLine.Parsing;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>similarity</c>: compares each text with each other text.</summary>
internal static class SimilarityCommand
{
    private const int MostTexts = 1000;

    public static Command Create()
    {
        var texts = new Argument<string[]>("TEXT")
        {
            Description = "Two or more texts. Put -- before them if one begins with a dash.",
            Arity = new ArgumentArity(0, MostTexts),
            DefaultValueFactory = static _ => [],
        };
        texts.Validators.Add(static result =>
        {
            if (result.Tokens.Count < 2)
            {
                result.AddError($"similarity got {result.Tokens.Count} texts; expected at least 2. Quote texts of several words.");
            }
        });
        var model = ModelOption.Create();
        var precision = new PrecisionOption();
        var json = new Option<bool>("--json")
        {
            Description = "Print {\"texts\":[...],\"similarity\":[[...],...]} instead of a table.",
            Arity = ArgumentArity.Zero,
        };
        var command = new ToolCommand("similarity", "Compare texts by the cosine of their vectors.")
        {
            Examples =
            [
                "jina-embeddings similarity \"How is the weather today?\" \"What is the current weather like today?\" "
                    + "--model jina-embedding-s-en-v1",
                "jina-embeddings similarity \"a cat\" \"a kitten\" \"a car\" --model models/demo-en --json",
                "jina-embeddings similarity --model models/demo-en -- \"-5 degrees\" \"minus five degrees\"",
            ],
        };
        command.Arguments.Add(texts);
        command.AddOptions(model, precision, json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var values = parsed.GetRequiredValue(texts);
            ThrowIfUnknownOption(parsed, values);
            var options = new JinaEmbeddingOptions { Model = parsed.GetRequiredValue(model), Precision = precision.Parse(parsed) };
            await using var generator = await ModelLoader.LoadAsync(options, cancellationToken);
            var similarity = Compare(await generator.EncodeAsync(values, cancellationToken));
            if (parsed.GetValue(json))
            {
                SimilarityOutput.WriteJson(values, similarity);
            }
            else
            {
                SimilarityOutput.WriteTable(values, similarity);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Rejects mistyped options, which the parser reads as further texts.</summary>
    private static void ThrowIfUnknownOption(ParseResult parsed, string[] texts)
    {
        var hasDoubleDash = parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash);
        if (!hasDoubleDash && texts.FirstOrDefault(text => text.StartsWith('-')) is { } unknown)
        {
            var suggestion = Suggestion.For(unknown, parsed.CommandResult.Command);
            throw new CommandException(
                $"'{unknown}' is not an option of similarity.{suggestion} See 'jina-embeddings similarity --help', "
                + "or put -- before the texts if it is one of them.",
                ExitCode.WrongUsage);
        }
    }

    /// <summary>Returns the cosines. Those of a zero vector, which has no direction, are null.</summary>
    private static float?[][] Compare(IReadOnlyList<ReadOnlyMemory<float>> vectors) =>
        [.. vectors.Select(row => vectors.Select(column => row.CosineSimilarity(column)).Select(OrNull).ToArray())];

    private static float? OrNull(float cosine) => float.IsNaN(cosine) ? null : Math.Clamp(cosine, -1, 1);
}
