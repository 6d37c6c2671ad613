using System.Text.Json;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Writes a line for each embedded text.</summary>
internal sealed class EmbedOutput(T5Tokenizer tokenizer, EmbedProgress progress) : IDisposable
{
    private readonly JsonOutput _output = new();
    private long _index;

    /// <summary>Writes the next texts and sends them on: whoever wrote them may wait for the answer.</summary>
    public void Write(IReadOnlyList<string> texts, GeneratedEmbeddings<Embedding<float>> embeddings)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            var tokens = tokenizer.Encode(texts[i]).AsSpan().Length;
            _output.WriteLine(json => Write(json, _index, tokens, embeddings[i].Vector.Span));
            _index++;
        }

        _output.Flush();
        progress.Report(_index);
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
}
