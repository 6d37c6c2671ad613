using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Embeddings;
using EmbeddingGenerationOptions = Microsoft.Extensions.AI.EmbeddingGenerationOptions;

namespace Jina.Aspire.Embeddings;

/// <summary>
/// Represents a generator that requests a server over OpenAI's interface. Its metadata is that of the model, not of the interface.
/// </summary>
internal sealed class JinaEmbeddingsClient : DelegatingEmbeddingGenerator<string, Embedding<float>>
{
    private EmbeddingGeneratorMetadata _metadata;

    private JinaEmbeddingsClient(IEmbeddingGenerator<string, Embedding<float>> inner, EmbeddingGeneratorMetadata metadata)
        : base(inner) => _metadata = metadata;

    /// <summary>Creates a generator. Retries are left to the handlers of the HTTP client.</summary>
    public static JinaEmbeddingsClient Create(HttpClient http, Uri address, JinaEmbeddingsClientSettings settings)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = address,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        };

        // OpenAI's client needs a key. A server without keys ignores it.
        var key = new ApiKeyCredential(string.IsNullOrEmpty(settings.Key) ? "none" : settings.Key);
        var inner = new EmbeddingClient(settings.Model, key, options).AsIEmbeddingGenerator(settings.Dimensions);
        return new(inner, new EmbeddingGeneratorMetadata("jina", address, settings.Model, settings.Dimensions));
    }

    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var embeddings = await base.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false);
        if (_metadata.DefaultModelDimensions is null && options?.ModelId is null && embeddings.Count > 0)
        {
            _metadata = new(_metadata.ProviderName, _metadata.ProviderUri, _metadata.DefaultModelId, embeddings[0].Dimensions);
        }

        return embeddings;
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : base.GetService(serviceType, serviceKey);
}
