using System.CommandLine;
using System.Text.Json;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>tokenize</c>: tokenizes texts. The weights are not read.</summary>
internal static class TokenizeCommand
{
    public static Command Create()
    {
        var model = ModelOption.Create();
        var input = new InputOptions();
        var maxTokens = CountOption.Create(
            "--max-tokens", "The maximum number of IDs per text, </s> included. [default: the model's limit]");
        var command = new ToolCommand("tokenize", "Print the token IDs of each text, </s> included: {\"ids\":[...],\"truncated\":false}")
        {
            Examples =
            [
                "echo \"Hello, world!\" | jina-embeddings tokenize --model models/demo-en",
                "jina-embeddings tokenize --model jina-embedding-s-en-v1 --input texts.jsonl --jsonl --max-tokens 128",
            ],
        };
        command.Options.Add(model);
        input.AddTo(command);
        command.AddOptions(maxTokens);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var texts = await input.OpenAsync(parsed, cancellationToken);
            await ModelLoader.DownloadAsync(parsed.GetRequiredValue(model), cancellationToken);
            await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = parsed.GetRequiredValue(model) });
            var tokenizer = await generator.GetTokenizerAsync(cancellationToken);
            using var output = new JsonOutput();
            while (await texts.ReadAsync(cancellationToken) is { Count: > 0 } window)
            {
                foreach (var record in window)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var encoding = tokenizer.Encode(record.Text, parsed.GetValue(maxTokens));
                    output.WriteLine(json => Write(json, encoding));
                }

                output.Flush();
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(Utf8JsonWriter json, T5Encoding encoding)
    {
        json.WriteStartObject();
        json.WriteStartArray("ids");
        foreach (var id in encoding.AsSpan())
        {
            json.WriteNumberValue(id);
        }

        json.WriteEndArray();
        json.WriteBoolean("truncated", encoding.Truncated);
        json.WriteEndObject();
    }
}
