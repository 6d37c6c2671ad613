using System.CommandLine;
using System.Text.Json;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>embed</c>: from texts to vectors, window by window, so that the memory stays the same however many there are.</summary>
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
                "echo \"How do I reset my password?\" | jina-embeddings embed --model models/demo-en",
                "jina-embeddings embed --model jina-embedding-s-en-v1 --input texts.txt > vectors.jsonl",
                "jina-embeddings embed --model jina-embedding-s-en-v1 --input texts.jsonl --jsonl --normalize false",
            ],
        };
        command.Options.Add(model);
        input.AddTo(command);
        command.Options.Add(normalize);
        command.Options.Add(precision);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var texts = input.Open(parsed);
            var options = new JinaEmbeddingOptions
            {
                Model = parsed.GetRequiredValue(model),
                Normalize = bool.Parse(parsed.GetRequiredValue(normalize)),
                Precision = precision.Of(parsed),
            };
            await using var generator = await ModelLoad.RunAsync(options, cancellationToken);
            var tokenizer = await generator.GetTokenizerAsync(cancellationToken);
            using var output = new JsonOutput();
            using var progress = new EmbedProgress(input.IsFile(parsed));
            var index = 0L;
            while (await texts.ReadAsync(cancellationToken) is { Count: > 0 } window)
            {
                var embeddings = await generator.GenerateAsync(window, cancellationToken: cancellationToken);
                for (var i = 0; i < window.Count; i++)
                {
                    var tokens = tokenizer.Encode(window[i]).AsSpan().Length;
                    output.WriteLine(json => Write(json, index, tokens, embeddings[i].Vector.Span));
                    index++;
                }

                output.Flush();
                progress.Report(index);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(Utf8JsonWriter json, long index, int tokens, ReadOnlySpan<float> vector)
    {
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteNumber("tokens", tokens);
        json.WriteStartArray("embedding");
        foreach (var component in vector)
        {
            // Utf8JsonWriter writes the shortest digits that give the same number back, and refuses what JSON has no name for.
            if (!float.IsFinite(component))
            {
                throw new CommandException($"The vector of text {index} holds {component}; expected finite numbers. The model's weights are damaged; get them again.");
            }

            json.WriteNumberValue(component);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static Option<string> NormalizeOption()
    {
        var option = new Option<string>("--normalize")
        {
            Description = "true scales vectors to unit length, false leaves them as the model gives them.",
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
