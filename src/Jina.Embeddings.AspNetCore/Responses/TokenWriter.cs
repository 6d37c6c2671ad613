using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Writes the tokens of texts in the form of Text Embeddings Inference. Positions are in bytes of UTF-8.</summary>
internal static class TokenWriter
{
    /// <summary>Writes an array of tokens for each text. Ends early if the client has disconnected.</summary>
    /// <param name="output">The body of the response.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="tokens">The tokens of each text, of which the last is the end token.</param>
    /// <param name="withEndToken">Whether the end token is written.</param>
    /// <param name="cancellationToken">The token that is canceled when the client disconnects.</param>
    /// <exception cref="OperationCanceledException">The client does not read the response.</exception>
    public static async Task WriteAsync(
        PipeWriter output,
        IReadOnlyList<string> texts,
        IReadOnlyList<IReadOnlyList<EncodedToken>> tokens,
        bool withEndToken,
        CancellationToken cancellationToken)
    {
        using var pieces = new PieceWriter(output, cancellationToken);
        pieces.Json.WriteStartArray();
        for (var i = 0; i < texts.Count; i++)
        {
            pieces.Json.WriteStartArray();
            var place = new BytePlace();
            for (var j = 0; j < tokens[i].Count - 1; j++)
            {
                var (first, end) = (tokens[i][j].Offset.Start.Value, tokens[i][j].Offset.End.Value);
                var start = place.MoveTo(texts[i], first);
                if (!await WriteTokenAsync(pieces, tokens[i][j].Id, texts[i].AsMemory(first, end - first), start).ConfigureAwait(false))
                {
                    return;
                }
            }

            if (withEndToken)
            {
                WriteEndToken(pieces.Json, tokens[i][^1]);
            }

            pieces.Json.WriteEndArray();
        }

        pieces.Json.WriteEndArray();
        await pieces.SendAsync().ConfigureAwait(false);
    }

    /// <summary>Writes a token. Its text can be a whole input, because characters outside the vocabulary are one token.</summary>
    private static async ValueTask<bool> WriteTokenAsync(PieceWriter pieces, int id, ReadOnlyMemory<char> text, int start)
    {
        var json = pieces.Json;
        json.WriteStartObject();
        json.WriteNumber("id"u8, id);
        json.WritePropertyName("text"u8);
        if (!await pieces.WriteStringAsync(text).ConfigureAwait(false))
        {
            return false;
        }

        json.WriteBoolean("special"u8, false);
        json.WriteNumber("start"u8, start);
        json.WriteNumber("stop"u8, start + Encoding.UTF8.GetByteCount(text.Span));
        json.WriteEndObject();
        return await pieces.SendIfLargeAsync().ConfigureAwait(false);
    }

    private static void WriteEndToken(Utf8JsonWriter json, EncodedToken token)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, token.Id);
        json.WriteString("text"u8, token.Value);
        json.WriteBoolean("special"u8, true);
        json.WriteNull("start"u8);
        json.WriteNull("stop"u8);
        json.WriteEndObject();
    }

    /// <summary>Converts positions in a text to bytes. Moving forward counts only the characters in between.</summary>
    private struct BytePlace
    {
        private int _chars;
        private int _bytes;

        public int MoveTo(string text, int position)
        {
            if (position < _chars)
            {
                (_chars, _bytes) = (0, 0);
            }

            _bytes += Encoding.UTF8.GetByteCount(text.AsSpan(_chars, position - _chars));
            _chars = position;
            return _bytes;
        }
    }
}
