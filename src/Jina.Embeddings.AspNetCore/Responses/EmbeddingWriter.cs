using System.IO.Pipelines;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Requests;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Writes the embeddings, in pieces, directly into the connection's memory. Both shapes have the same body.</summary>
internal static class EmbeddingWriter
{
    private static readonly JsonEncodedText Object = JsonEncodedText.Encode("object");
    private static readonly JsonEncodedText List = JsonEncodedText.Encode("list");
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
    private static readonly JsonEncodedText Index = JsonEncodedText.Encode("index");
    private static readonly JsonEncodedText Embedding = JsonEncodedText.Encode("embedding");

    /// <summary>Writes the complete body. Ends early if the client has disconnected.</summary>
    /// <exception cref="OperationCanceledException">The client does not read the response.</exception>
    public static async Task WriteAsync(
        PipeWriter output,
        string model,
        GeneratedEmbeddings<Embedding<float>> embeddings,
        IReadOnlyList<VectorEncoding> encodings,
        CancellationToken cancellationToken)
    {
        using var pieces = new PieceWriter(output, cancellationToken);
        var json = pieces.Json;
        json.WriteStartObject();
        json.WriteString(Object, List);
        json.WriteStartArray(Data);
        for (var i = 0; i < embeddings.Count; i++)
        {
            WriteItem(json, i, embeddings[i].Vector.Span, encodings);
            if (!await pieces.SendIfLargeAsync().ConfigureAwait(false))
            {
                return;
            }
        }

        json.WriteEndArray();
        WriteEnd(json, model, embeddings.Usage?.InputTokenCount ?? 0);
        await pieces.SendAsync().ConfigureAwait(false);
    }

    private static void WriteItem(Utf8JsonWriter json, int index, ReadOnlySpan<float> vector, IReadOnlyList<VectorEncoding> encodings)
    {
        json.WriteStartObject();
        json.WriteString(Object, Embedding);
        json.WriteNumber(Index, index);
        json.WritePropertyName(Embedding);
        if (encodings is [var only])
        {
            VectorWriter.Write(json, vector, only);
        }
        else
        {
            json.WriteStartObject();
            foreach (var encoding in encodings)
            {
                json.WritePropertyName(NameOf(encoding));
                VectorWriter.Write(json, vector, encoding);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteEnd(Utf8JsonWriter json, string model, long tokens)
    {
        json.WriteString("model"u8, model);
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, tokens);
        json.WriteNumber("total_tokens"u8, tokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static ReadOnlySpan<byte> NameOf(VectorEncoding encoding) => encoding switch
    {
        VectorEncoding.Float => "float"u8,
        VectorEncoding.Base64 => "base64"u8,
        VectorEncoding.Binary => "binary"u8,
        _ => "ubinary"u8,
    };
}
