using System.IO.Pipelines;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Writes embeddings in the form of Ollama's interface. The durations, which are optional, are left out.</summary>
internal static class OllamaWriter
{
    /// <summary>Writes the response of <c>/api/embed</c>. Ends early if the client has disconnected.</summary>
    /// <exception cref="OperationCanceledException">The client does not read the response.</exception>
    public static async Task WriteAsync(
        PipeWriter output, string model, GeneratedEmbeddings<Embedding<float>> embeddings, CancellationToken cancellationToken)
    {
        using var pieces = new PieceWriter(output, cancellationToken);
        var json = pieces.Json;
        json.WriteStartObject();
        json.WriteString("model"u8, model);
        json.WritePropertyName("embeddings"u8);
        if (!await pieces.WriteVectorsAsync(embeddings).ConfigureAwait(false))
        {
            return;
        }

        if (embeddings.Usage?.InputTokenCount is > 0 and var tokens)
        {
            json.WriteNumber("prompt_eval_count"u8, tokens);
        }

        json.WriteEndObject();
        await pieces.SendAsync().ConfigureAwait(false);
    }

    /// <summary>Writes the response of <c>/api/embeddings</c>, which has one vector. It is empty if the request has no text.</summary>
    /// <inheritdoc cref="WriteAsync"/>
    public static async Task WriteSingleAsync(
        PipeWriter output, GeneratedEmbeddings<Embedding<float>> embeddings, CancellationToken cancellationToken)
    {
        using var pieces = new PieceWriter(output, cancellationToken);
        pieces.Json.WriteStartObject();
        pieces.Json.WritePropertyName("embedding"u8);
        VectorWriter.WriteNumbers(pieces.Json, embeddings is [var single, ..] ? single.Vector.Span : []);
        pieces.Json.WriteEndObject();
        await pieces.SendAsync().ConfigureAwait(false);
    }
}
