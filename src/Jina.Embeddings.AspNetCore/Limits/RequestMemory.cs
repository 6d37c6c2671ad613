using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;

namespace Jina.Embeddings.AspNetCore.Limits;

/// <summary>Represents the bytes that one request holds. <see cref="Admission"/> limits the sum of all requests.</summary>
internal sealed class RequestMemory(Admission admission) : IDisposable
{
    /// <summary>The buffers of a connection and the objects of a request. It also limits the bodies that arrive at once.</summary>
    private const int Overhead = 16 * 1024;

    /// <summary>
    /// The bytes that reading takes per byte of a body. A text takes two for its UTF-16 and one for a copy without escapes, and a token
    /// ID takes two, because it has a comma.
    /// </summary>
    private const int ReadingPerByte = 3;

    /// <summary>An object of a text or a list, and its place in the list of inputs, which grows by doubling.</summary>
    private const int PerInput = 48;

    /// <summary>The shortest input in a list: <c>"",</c>.</summary>
    private const int MinInputBytes = 3;

    /// <summary>The token IDs of an input while it waits, and their upper limit: three windows of 32,768 IDs.</summary>
    private const int TokensPerInput = 4 * 1024;

    private const int MaxTokens = 1024 * 1024;

    /// <summary>The pieces of a response that wait for the client.</summary>
    private const int ResponseBuffer = 128 * 1024;

    private long _held;

    /// <summary>Returns the bytes that the largest request needs, so that it fits if the server is idle.</summary>
    public static long NeedOfLargest(JinaEmbeddingEndpointOptions options) =>
        Overhead + options.MaxBodyBytes + NeedOfReading(options.MaxBodyBytes, options.MaxInputs);

    /// <summary>Takes the bytes of a body whose buffer has a size.</summary>
    /// <exception cref="RejectedException">The server does not have enough room.</exception>
    public void HoldBody(long buffer) => Hold(Overhead + buffer);

    /// <summary>Takes the bytes for reading a body that has arrived.</summary>
    /// <inheritdoc cref="HoldBody"/>
    public void HoldReading(int length, int maxInputs) => Hold(Overhead + length + NeedOfReading(length, maxInputs));

    /// <summary>Takes the bytes of the inputs, after the body was released.</summary>
    /// <inheritdoc cref="HoldBody"/>
    public void HoldInputs(EmbeddingRequest request) => Hold(Overhead + request.InputBytes);

    /// <summary>Takes the bytes of the inputs and of their vectors.</summary>
    /// <inheritdoc cref="HoldBody"/>
    public void HoldVectors(EmbeddingRequest request, int dimensions)
    {
        var tokens = Math.Min((long)request.InputCount * TokensPerInput, MaxTokens);
        Hold(Overhead + request.InputBytes + tokens + NeedOfVectors(request.InputCount, dimensions));
    }

    /// <summary>Keeps the bytes of the vectors until the client has read the response, and returns those of the inputs.</summary>
    public void HoldResponse(int count, int dimensions) => Hold(Overhead + NeedOfVectors(count, dimensions));

    /// <summary>Returns all bytes.</summary>
    public void Dispose()
    {
        admission.TryHold(-_held);
        _held = 0;
    }

    private static long NeedOfVectors(int count, int dimensions)
    {
        var vectors = (long)count * ((dimensions * sizeof(float)) + PerInput);
        return vectors + Math.Min(vectors, ResponseBuffer);
    }

    private static long NeedOfReading(int length, int maxInputs) =>
        ((long)length * ReadingPerByte) + ((long)Math.Min(maxInputs, length / MinInputBytes) * PerInput);

    private void Hold(long bytes)
    {
        if (!admission.TryHold(bytes - _held))
        {
            throw new RejectedException(admission.TooManyBytes());
        }

        _held = bytes;
    }
}
