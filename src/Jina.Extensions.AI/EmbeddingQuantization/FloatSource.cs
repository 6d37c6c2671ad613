using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.EmbeddingQuantization;

/// <summary>Represents the float generator inside a quantizing generator, and passes calls on to it.</summary>
internal sealed class FloatSource(IEmbeddingGenerator<string, Embedding<float>> inner, bool leaveOpen)
{
    /// <summary>Embeds texts and quantizes the vectors.</summary>
    /// <param name="values">The texts.</param>
    /// <param name="options">The options for the float generator.</param>
    /// <param name="quantize">The conversion, called for finite vectors only.</param>
    /// <param name="cancellationToken">The cancellation token for the float generator.</param>
    public async Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync<TEmbedding>(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options,
        Func<Embedding<float>, TEmbedding> quantize,
        CancellationToken cancellationToken)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(values);
        var floats = await inner.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false);
        var quantized = new GeneratedEmbeddings<TEmbedding>(floats.Count)
        {
            Usage = floats.Usage,
            AdditionalProperties = floats.AdditionalProperties,
        };
        for (var i = 0; i < floats.Count; i++)
        {
            FiniteVector.ThrowIfNotFinite(floats[i].Vector.Span, i);
            quantized.Add(quantize(floats[i]));
        }

        return quantized;
    }

    public object? GetService(object outer, Type serviceType, object? serviceKey)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(outer) ? outer : inner.GetService(serviceType, serviceKey);
    }

    public void Dispose()
    {
        if (!leaveOpen)
        {
            inner.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!leaveOpen && inner is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            Dispose();
        }
    }
}
