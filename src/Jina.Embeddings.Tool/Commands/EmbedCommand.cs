using System.CommandLine;
using Jina.Embeddings.Tool.Input;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>embed</c>: embeds texts window by window, so that memory use does not depend on the number of texts.</summary>
internal static class EmbedCommand
{
    public static Command Create()
    {
        var model = ModelOption.Create();
        var input = new InputOptions();
        var normalize = NormalizeOption();
        var precision = new PrecisionOption();
        var command = new ToolCommand("embed", "Print the vector of each text: {\"index\":0,\"tokens\":9,\"embedding\":[...]}")
        {
            Examples =
            [
                "echo \"How do I reset my password?\" | jina-embeddings embed",
                "jina-embeddings embed --input texts.txt > vectors.jsonl",
                "jina-embeddings embed --model models/demo-en --input texts.jsonl --jsonl --normalize false",
            ],
        };
        command.Options.Add(model);
        input.AddTo(command);
        command.AddOptions(normalize, precision);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var texts = input.Open(parsed);
            var options = new JinaEmbeddingOptions
            {
                Model = parsed.GetRequiredValue(model),
                Normalize = bool.Parse(parsed.GetRequiredValue(normalize)),
                Precision = precision.Parse(parsed),
            };
            await using var generator = await ModelLoader.LoadAsync(options, cancellationToken);
            var tokenizer = await generator.GetTokenizerAsync(cancellationToken);

            // On a terminal, the progress would overwrite the vectors.
            using var progress = input.IsFile(parsed) && Console.IsOutputRedirected ? new ProgressDisplay() : null;
            using var output = new EmbedOutput(tokenizer, progress, texts.Length);
            var pipeline = new WindowPipeline<EmbeddedWindow>(
                (window, token) => EmbedAsync(generator, window, texts.Position, token), output.Write);
            await pipeline.RunAsync(texts, cancellationToken);
            progress?.Dispose();
            output.ReportTruncation();
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<EmbeddedWindow> EmbedAsync(
        JinaEmbeddingGenerator generator, IReadOnlyList<string> texts, long position, CancellationToken cancellationToken) =>
        new(await generator.GenerateAsync(texts, cancellationToken: cancellationToken), position);

    private static Option<string> NormalizeOption()
    {
        var option = new Option<string>("--normalize")
        {
            Description = "true scales vectors to unit length; false returns them as the model computes them.",
            HelpName = "true|false",
            DefaultValueFactory = _ => "true",
        };
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !bool.TryParse(token.Value, out _))
            {
                result.AddError($"--normalize is '{token.Value}'; expected true or false.");
            }
        });
        return option;
    }
}
