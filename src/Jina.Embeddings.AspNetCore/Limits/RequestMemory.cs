using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;

namespace Jina.Embeddings.AspNetCore.Limits;

/// <summary>Represents the bytes that one request holds. <see cref="Admission"/> limits the sum of all requests.</summary>
internal sealed class RequestMemory(Admission admission) : IDisposable
{
    private long _held;

    /// <summary>Takes the bytes of a body whose buffer has a size.</summary>
    /// <exception cref="RejectedException">The server does not have enough room.</exception>
    public void HoldBody(long buffer) => Hold(buffer);

    /// <summary>Takes the bytes for reading a body that has arrived.</summary>
    /// <inheritdoc cref="HoldBody"/>
    public void HoldReading(int buffer, int length, int maxInputs) => Hold(buffer + MemoryNeeds.OfReading(length, maxInputs));

    /// <summary>Takes the bytes of the inputs, after the body was released.</summary>
    /// <inheritdoc cref="HoldBody"/>
    public void HoldInputs(EmbeddingRequest request) => Hold(request.InputBytes);

    /// <summary>Takes the bytes of the inputs and of their vectors.</summary>
    /// <inheritdoc cref="HoldBody"/>
    public void HoldVectors(EmbeddingRequest request, int dimensions) => Hold(
        request.InputBytes + MemoryNeeds.OfTokens(request.InputCount) + MemoryNeeds.OfVectors(request.InputCount, dimensions));

    /// <summary>Keeps the bytes of the vectors until the client has read the response, and returns those of the inputs.</summary>
    public void HoldResponse(int count, int dimensions) => Hold(MemoryNeeds.OfVectors(count, dimensions));

    /// <summary>Returns all bytes.</summary>
    public void Dispose()
    {
        admission.TryHold(-_held);
        _held = 0;
    }

    private void Hold(long bytes)
    {
        var more = MemoryNeeds.Request + bytes - _held;
        if (!admission.TryHold(more))
        {
            throw new RejectedException(admission.TooManyBytes());
        }

        _held += more;
    }
}
