using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;

namespace Jina.Embeddings.AspNetCore.Limits;

/// <summary>Represents the bytes that one request holds. <see cref="Admission"/> limits the sum of all requests.</summary>
internal sealed class RequestMemory(Admission admission) : IDisposable
{
    private long _held;

    /// <summary>Takes the bytes of a body whose buffer has a size.</summary>
    /// <exception cref="RejectedException">The server does not have enough room, now or at all.</exception>
    public void HoldBody(long buffer) => Hold(buffer);

    /// <summary>Takes the bytes for reading a body that has arrived.</summary>
    /// <inheritdoc cref="HoldBody"/>
    public void HoldReading(int buffer, int length, int maxInputs) => Hold(buffer + MemoryNeeds.OfReading(length, maxInputs));

    /// <summary>Takes the bytes of the inputs, after the body was released.</summary>
    /// <inheritdoc cref="HoldBody"/>
    public void HoldInputs(EmbeddingRequest request) => Hold(request.InputBytes);

    /// <summary>Takes the bytes of token IDs and of the texts that they are converted to.</summary>
    /// <inheritdoc cref="HoldBody"/>
    public void HoldDecoding(EmbeddingRequest request, DecodedSize size) => Hold(
        request.InputBytes + MemoryNeeds.OfDecoding(request.InputCount, size.TotalBytes, size.LargestBytes));

    /// <summary>Takes the bytes of the inputs and of their vectors.</summary>
    /// <inheritdoc cref="HoldBody"/>
    public void HoldVectors(EmbeddingRequest request, int dimensions) => Hold(BytesOfVectors(request, dimensions));

    /// <summary>Takes the bytes of the inputs of late chunking, of their document and of their vectors.</summary>
    /// <inheritdoc cref="HoldBody"/>
    public void HoldDocument(EmbeddingRequest request, int dimensions, int tokens)
    {
        // A chunk has the sum of its tokens first, and then its vector.
        var sums = MemoryNeeds.OfVectors(request.InputCount, dimensions);
        Hold(BytesOfVectors(request, dimensions) + sums + MemoryNeeds.OfDocument(tokens));
    }

    /// <summary>Takes the bytes of the inputs and of their tokens.</summary>
    /// <inheritdoc cref="HoldBody"/>
    public void HoldTokens(EmbeddingRequest request, long tokens) =>
        Hold(request.InputBytes + MemoryNeeds.OfTokenPositions(tokens));

    /// <summary>Keeps the bytes of the vectors until the client has read the response, and returns those of the inputs.</summary>
    public void HoldResponse(int count, int dimensions) => Hold(MemoryNeeds.OfVectors(count, dimensions));

    /// <summary>Returns all bytes.</summary>
    public void Dispose()
    {
        admission.TryHold(-_held);
        _held = 0;
    }

    private static long BytesOfVectors(EmbeddingRequest request, int dimensions) =>
        request.InputBytes + MemoryNeeds.OfTokens(request.InputCount) + MemoryNeeds.OfVectors(request.InputCount, dimensions);

    private void Hold(long bytes)
    {
        var needed = MemoryNeeds.Request + bytes;
        var more = needed - _held;
        if (!admission.TryHold(more))
        {
            throw new RejectedException(admission.TooManyBytes(needed));
        }

        _held += more;
    }
}
