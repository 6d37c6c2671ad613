using System.Globalization;
using System.Text.Json;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Represents the vectors of a window of texts.</summary>
/// <param name="Embeddings">The vectors.</param>
/// <param name="Position">The number of bytes of the input up to the end of the window.</param>
internal sealed record EmbeddedWindow(GeneratedEmbeddings<Embedding<float>> Embeddings, long Position);

/// <summary>Writes a line for each embedded text.</summary>
/// <param name="tokenizer">The tokenizer of the model.</param>
/// <param name="progress">The display of the progress, or <see langword="null"/>.</param>
/// <param name="inputLength">The size of the input in bytes, or <see langword="null"/> if it is unknown.</param>
internal sealed class EmbedOutput(T5Tokenizer tokenizer, ProgressDisplay? progress, long? inputLength) : IDisposable
{
    private readonly JsonOutput _output = new();
    private long _index;
    private long _truncated;

    /// <summary>Writes and flushes the next texts, because the program that wrote them may wait for the vectors.</summary>
    public void Write(IReadOnlyList<string> texts, EmbeddedWindow window)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            var tokens = tokenizer.Encode(texts[i]);
            _output.WriteLine(json => Write(json, _index, tokens.AsSpan().Length, window.Embeddings[i].Vector.Span));
            _index++;
            _truncated += tokens.Truncated ? 1 : 0;
        }

        _output.Flush();
        progress?.Report(_index, window.Position, inputLength);
    }

    /// <summary>Reports the number of truncated texts on stderr, if there are any.</summary>
    public void ReportTruncation()
    {
        if (_truncated > 0)
        {
            StatusLine.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{_truncated:N0} of {_index:N0} texts had more than {tokenizer.MaxTokens} tokens. They were truncated."));
        }
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
