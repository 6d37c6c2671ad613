using Jina.Extensions.AI.EmbeddingQuantization;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <summary>Represents a generator of embeddings of one bit per dimension, 1/32 of the size, on top of any float generator.</summary>
/// <remarks>
/// <para>A bit is 1 if the component is greater than 0. Compare embeddings by the number of bits that differ. This is coarser
/// than a cosine, so take more candidates than needed and rank them by their float or int8 embeddings.</para>
/// <para>This generator can be called concurrently if the inner generator can. <see cref="GetService"/> passes requests for
/// other types, such as the metadata, to the inner generator. <c>Usage</c>, <c>AdditionalProperties</c>, <c>ModelId</c> and
/// <c>CreatedAt</c> are copied from its results.</para>
/// </remarks>
public sealed class BinaryEmbeddingGenerator : IEmbeddingGenerator<string, BinaryEmbedding>, IAsyncDisposable
{
    private readonly FloatSource _source;

    /// <summary>Initializes a new instance on top of a float generator.</summary>
    /// <param name="innerGenerator">The float generator.</param>
    /// <param name="leaveOpen">
    /// <see langword="false"/> (the default) to dispose the inner generator with this one; <see langword="true"/> to leave it
    /// open, so that disposing this generator does nothing.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="innerGenerator"/> is <see langword="null"/>.</exception>
    public BinaryEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> innerGenerator, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(innerGenerator);
        _source = new FloatSource(innerGenerator, leaveOpen);
    }

    /// <summary>Embeds texts and quantizes the vectors.</summary>
    /// <param name="values">The texts to embed.</param>
    /// <param name="options">The options for the inner generator.</param>
    /// <param name="cancellationToken">The cancellation token for the inner generator.</param>
    /// <returns>One vector of bits per text, of the same dimension, in the order of the texts.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is <see langword="null"/>.</exception>
    /// <exception cref="NotFiniteNumberException">A component of a float vector is NaN or infinite.</exception>
    /// <remarks>Exceptions of the inner generator are not caught.</remarks>
    public Task<GeneratedEmbeddings<BinaryEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        _source.GenerateAsync(values, options, BitVector.Quantize, cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => _source.GetService(this, serviceType, serviceKey);

    /// <summary>Disposes the inner generator unless it is left open.</summary>
    public void Dispose() => _source.Dispose();

    /// <summary>Disposes the inner generator unless it is left open, asynchronously if it supports that.</summary>
    /// <returns>A task that completes when the inner generator is disposed.</returns>
    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
