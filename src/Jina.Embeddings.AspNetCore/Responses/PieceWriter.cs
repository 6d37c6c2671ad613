using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Writes a large JSON body in pieces, directly into the connection's memory.</summary>
internal sealed class PieceWriter : IDisposable
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>The characters of a long string that are written at once. The JSON writer reserves up to 18 bytes for each.</summary>
    private const int SegmentChars = 2 * 1024;

    /// <summary>The time for a client to make room for a piece. The vectors hold memory until the client has read them.</summary>
    private static readonly TimeSpan PieceWait = TimeSpan.FromSeconds(30);

    /// <summary>Only what JSON requires is escaped. Other escapes would make texts up to three times as long.</summary>
    private static readonly JsonWriterOptions Trusted = new()
    {
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly PipeWriter _output;
    private readonly CancellationTokenSource _deadline;
    private long _sent;

    /// <summary>Starts a body.</summary>
    public PieceWriter(PipeWriter output, CancellationToken cancellationToken)
    {
        _output = output;
        _deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Json = new Utf8JsonWriter(output, Trusted);
    }

    /// <summary>Gets the writer of the body.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Writes an array of vectors, each as an array of numbers.</summary>
    /// <returns>Whether the client still reads.</returns>
    /// <exception cref="OperationCanceledException">The client does not read the response.</exception>
    public async ValueTask<bool> WriteVectorsAsync(IReadOnlyList<Embedding<float>> embeddings)
    {
        Json.WriteStartArray();
        foreach (var embedding in embeddings)
        {
            VectorWriter.WriteNumbers(Json, embedding.Vector.Span);
            if (!await SendIfLargeAsync().ConfigureAwait(false))
            {
                return false;
            }
        }

        Json.WriteEndArray();
        return true;
    }

    /// <summary>Writes a string. A long one is written in segments, so that it does not need a buffer of its own length.</summary>
    /// <inheritdoc cref="SendAsync"/>
    public async ValueTask<bool> WriteStringAsync(ReadOnlyMemory<char> text)
    {
        while (text.Length > SegmentChars)
        {
            Json.WriteStringValueSegment(text.Span[..SegmentChars], isFinalSegment: false);
            text = text[SegmentChars..];
            if (!await SendIfLargeAsync().ConfigureAwait(false))
            {
                return false;
            }
        }

        Json.WriteStringValueSegment(text.Span, isFinalSegment: true);
        return true;
    }

    /// <summary>Sends what was written if it is large enough for a piece.</summary>
    /// <inheritdoc cref="SendAsync"/>
    public ValueTask<bool> SendIfLargeAsync() =>
        Json.BytesCommitted + Json.BytesPending - _sent < PieceBytes ? ValueTask.FromResult(true) : SendAsync();

    /// <summary>Sends what was written.</summary>
    /// <returns>Whether the client still reads.</returns>
    /// <exception cref="OperationCanceledException">The client does not read the response.</exception>
    public async ValueTask<bool> SendAsync()
    {
        Json.Flush();
        _sent = Json.BytesCommitted;
        _deadline.CancelAfter(PieceWait);
        return !(await _output.FlushAsync(_deadline.Token).ConfigureAwait(false)).IsCompleted;
    }

    /// <summary>Releases the writer.</summary>
    public void Dispose()
    {
        Json.Dispose();
        _deadline.Dispose();
    }
}
