using Jina.Extensions.AI.EmbeddingQuantization;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <summary>Embeddings of one bit per dimension, a thirty-second of the size, from any float generator.</summary>
/// <remarks>
/// <para>A bit is 1 where the component is greater than 0. Compare by the number of bits that differ: coarser than a cosine, so take
/// more candidates than needed and rank those by their floats or int8.</para>
/// <para>
/// As concurrent as the inner generator, which answers <see cref="GetService"/> for all but this object's own types:
/// metadata is the float generator's. <c>Usage</c>, <c>AdditionalProperties</c>, <c>ModelId</c> and <c>CreatedAt</c> are
/// passed on.
/// </para>
/// </remarks>
public sealed class BinaryEmbeddingGenerator : IEmbeddingGenerator<string, BinaryEmbedding>, IAsyncDisposable
{
    private readonly FloatSource _source;

    /// <summary>Puts a quantising generator around a float generator.</summary>
    /// <param name="innerGenerator">The float generator.</param>
    /// <param name="leaveOpen">
    /// False, the default: the inner generator belongs to this one, which disposes it. True: it is somebody else's, and
    /// disposing this generator does nothing.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="innerGenerator"/> is null.</exception>
    public BinaryEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> innerGenerator, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(innerGenerator);
        _source = new FloatSource(innerGenerator, leaveOpen);
    }

    /// <summary>Embeds texts and quantises the vectors.</summary>
    /// <param name="values">The texts, passed on as they are.</param>
    /// <param name="options">Passed on.</param>
    /// <param name="cancellationToken">Passed on.</param>
    /// <returns>One vector of bits per text, of the same dimension, in the order given.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    /// <exception cref="NotFiniteNumberException">A component of a float vector is NaN or infinite; the message names both.</exception>
    /// <remarks>What the inner generator throws passes through.</remarks>
    public Task<GeneratedEmbeddings<BinaryEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        _source.GenerateAsync(values, options, BitVector.Of, cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => _source.GetService(this, serviceType, serviceKey);

    /// <summary>Disposes the inner generator, unless it was to be left open.</summary>
    public void Dispose() => _source.Dispose();

    /// <summary>Disposes the inner generator, unless it was to be left open; asynchronously where it can.</summary>
    /// <returns>A task that completes when the inner generator is disposed.</returns>
    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
