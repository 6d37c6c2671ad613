using Jina.Extensions.AI.EmbeddingQuantization;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <summary>Represents a generator of int8 embeddings, a quarter of the size, on top of any float generator.</summary>
/// <remarks>
/// <para>Each vector has its own scale: the component of the largest magnitude becomes 127 or -127. The others are rounded in
/// proportion, with ties to even. -128 does not occur, and a zero vector stays zero. The cosine of two vectors stays the same
/// except for rounding; dot products and Euclidean distances do not.</para>
/// <para>This generator can be called concurrently if the inner generator can. <see cref="GetService"/> passes requests for
/// other types, such as the metadata, to the inner generator. <c>Usage</c>, <c>AdditionalProperties</c>, <c>ModelId</c> and
/// <c>CreatedAt</c> are copied from its results.</para>
/// </remarks>
public sealed class Int8EmbeddingGenerator : IEmbeddingGenerator<string, Embedding<sbyte>>, IAsyncDisposable
{
    private readonly FloatSource _source;

    /// <summary>Initializes a new instance on top of a float generator.</summary>
    /// <param name="innerGenerator">The float generator.</param>
    /// <param name="leaveOpen">
    /// <see langword="false"/> (the default) to dispose the inner generator with this one; <see langword="true"/> to leave it
    /// open, so that disposing this generator does nothing.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="innerGenerator"/> is <see langword="null"/>.</exception>
    public Int8EmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> innerGenerator, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(innerGenerator);
        _source = new FloatSource(innerGenerator, leaveOpen);
    }

    /// <summary>Embeds texts and quantizes the vectors.</summary>
    /// <param name="values">The texts to embed.</param>
    /// <param name="options">The options for the inner generator.</param>
    /// <param name="cancellationToken">The cancellation token for the inner generator.</param>
    /// <returns>One vector per text, of the same dimension, in the order of the texts, with components from -127 to 127.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is <see langword="null"/>.</exception>
    /// <exception cref="NotFiniteNumberException">A component of a float vector is NaN or infinite.</exception>
    /// <remarks>Exceptions of the inner generator are not caught.</remarks>
    public Task<GeneratedEmbeddings<Embedding<sbyte>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        _source.GenerateAsync(values, options, Int8Vector.Quantize, cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => _source.GetService(this, serviceType, serviceKey);

    /// <summary>Disposes the inner generator unless it is left open.</summary>
    public void Dispose() => _source.Dispose();

    /// <summary>Disposes the inner generator unless it is left open, asynchronously if it supports that.</summary>
    /// <returns>A task that completes when the inner generator is disposed.</returns>
    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
