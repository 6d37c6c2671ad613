using System.Text.Json;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Writes a line for each embedded text.</summary>
internal sealed class EmbedOutput(T5Tokenizer tokenizer, ProgressDisplay? progress) : IDisposable
{
    private readonly JsonOutput _output = new();
    private long _index;

    /// <summary>Writes and flushes the next texts, because the program that wrote them may wait for the vectors.</summary>
    public void Write(IReadOnlyList<string> texts, GeneratedEmbeddings<Embedding<float>> embeddings)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            var tokens = tokenizer.Encode(texts[i]).AsSpan().Length;
            _output.WriteLine(json => Write(json, _index, tokens, embeddings[i].Vector.Span));
            _index++;
        }

        _output.Flush();
        progress?.Report(_index);
    }

    public void Dispose() => _output.Dispose();

    private static void Write(Utf8JsonWriter json, long index, int tokens, ReadOnlySpan<float> vector)
    {
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteNumber("tokens", tokens);
        json.WriteStartArray("embedding");
        foreach (var component in vector)
        {
            // Utf8JsonWriter writes the shortest digits that round-trip, and throws for numbers that JSON cannot represent.
            if (!float.IsFinite(component))
            {
                throw new CommandException(
                    $"The vector of text {index} contains {component}; expected finite numbers. "
                    + "The weights of the model are damaged. Download the model again.");
            }

            json.WriteNumberValue(component);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
