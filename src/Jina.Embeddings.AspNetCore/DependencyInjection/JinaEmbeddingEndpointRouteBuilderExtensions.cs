using System.Diagnostics.CodeAnalysis;
using Jina.Embeddings.AspNetCore.DependencyInjection;
using Jina.Embeddings.AspNetCore.Dialects;
using Jina.Embeddings.AspNetCore.Endpoints;
using Jina.Embeddings.AspNetCore.Requests;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the HTTP interfaces of embedding services to the application's own models.</summary>
public static class JinaEmbeddingEndpointRouteBuilderExtensions
{
    private const string CloudTag = "OpenAI and Jina";
    private const string OllamaTag = "Ollama";
    private const string InferenceTag = "Text Embeddings Inference";

    /// <summary>Maps <c>POST /v1/embeddings</c>, <c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>.</summary>
    /// <param name="endpoints">The application, with at least one model registered (<c>AddJinaEmbeddings</c>).</param>
    /// <param name="pattern">
    /// The path of the embeddings. The path of the models is next to it: <c>/api/embeddings</c> comes with <c>/api/models</c>.
    /// </param>
    /// <returns>
    /// A builder for the conventions of all three routes, e.g. <c>RequireCors</c>, <c>RequireAuthorization</c> or <c>WithMetadata</c>.
    /// </returns>
    /// <remarks>
    /// docs/server.md describes requests, responses and errors. To change the default options, call <c>AddJinaEmbeddingEndpoint</c>.
    /// The host is responsible for TLS and CORS. This method does not load a model.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="pattern"/> is <see langword="null"/> or blank.</exception>
    /// <exception cref="InvalidOperationException">No model is registered.</exception>
    /// <exception cref="OptionsValidationException">Options are out of range. The message names each of them.</exception>
    public static IEndpointConventionBuilder MapJinaEmbeddings(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/v1/embeddings")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);
        var parts = EndpointParts.Of(endpoints);
        var models = new ModelsEndpoint(parts.CreateRoute(RequestShape.OpenAI), parts.Models, parts.Since);
        var path = pattern.Trim('/');
        var parent = path[..(path.LastIndexOf('/') + 1)];
        var group = endpoints.MapGroup(string.Empty);
        group.MapPost(path, parts.CreateEndpoint(new CloudDialect(parts.Responder)), CloudTag, "Embed texts or token IDs.");
        group.MapGet($"{parent}models", models.ListAsync, CloudTag, "List the models.");
        group.MapGet($"{parent}models/{{**{ModelsEndpoint.IdValue}}}", models.GetAsync, CloudTag, "Describe a model.");
        parts.LogMapped(pattern);
        return group;
    }

    /// <summary>
    /// Maps the part of Ollama's interface that concerns embeddings: <c>POST /api/embed</c>, <c>POST /api/embeddings</c>,
    /// <c>POST /api/show</c>, <c>GET /api/tags</c>, <c>GET /api/ps</c>, <c>GET /api/version</c> and <c>GET /</c>.
    /// </summary>
    /// <param name="endpoints">
    /// The application, with at least one model registered (<c>AddJinaEmbeddings</c>), or a group. A group's prefix is a part of the
    /// base URL of the clients.
    /// </param>
    /// <returns>A builder for the conventions of all routes.</returns>
    /// <remarks>
    /// docs/dialects.md describes what differs from Ollama. Limits, API keys and models are those of <see cref="MapJinaEmbeddings"/>,
    /// and the limits apply to the requests of all routes together. If the app has its own <c>/</c>, that route answers. Requests that
    /// accept <c>text/html</c> never get <c>GET /</c>, so that the app's static files and fallbacks answer browsers.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">No model is registered.</exception>
    /// <exception cref="OptionsValidationException">Options are out of range. The message names each of them.</exception>
    public static IEndpointConventionBuilder MapOllamaEmbeddings(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var parts = EndpointParts.Of(endpoints);
        var descriptions = new OllamaModels(parts.Since);
        var models = new OllamaEndpoint(parts.CreateRoute(RequestShape.Ollama), parts.Models, descriptions);
        var show = new OllamaShowDialect(parts.Models, descriptions);
        var group = endpoints.MapGroup(string.Empty).WithMetadata(new RouteShape(RequestShape.Ollama));
        group.MapPost("/api/embed", parts.CreateEndpoint(new OllamaEmbedDialect(parts.Responder)), OllamaTag, "Embed texts.");
        group.MapPost("/api/embeddings", parts.CreateEndpoint(new OllamaPromptDialect(parts.Responder)), OllamaTag, "Embed one text.");
        group.MapPost("/api/show", parts.CreateEndpoint(show), OllamaTag, "Describe a model.");
        group.MapGetAndHead("/api/tags", models.ListAsync, OllamaTag, "List the models.");
        group.MapGet("/api/ps", models.ListRunningAsync, OllamaTag, "List the models that are loaded.");
        group.MapGetAndHead("/api/version", models.GetVersionAsync, OllamaTag, "Get the version of the interface.");
        group.MapRoot(OllamaEndpoint.WriteRunningAsync, OllamaTag, "Check that the server is running.");
        parts.LogMapped("/api/embed");
        return group;
    }

    /// <summary>
    /// Maps the part of the interface of Hugging Face's Text Embeddings Inference that concerns embeddings: <c>POST /embed</c>, which is
    /// also <c>POST /</c>, <c>POST /similarity</c>, <c>POST /tokenize</c> and <c>GET /info</c>.
    /// </summary>
    /// <param name="endpoints">
    /// The application, with at least one model registered (<c>AddJinaEmbeddings</c>), or a group. A group's prefix is a part of the
    /// base URL of the clients.
    /// </param>
    /// <returns>A builder for the conventions of all routes.</returns>
    /// <remarks>
    /// docs/dialects.md describes what differs from Text Embeddings Inference. Limits, API keys and models are those of
    /// <see cref="MapJinaEmbeddings"/>, and the limits apply to the requests of all routes together. If the app has its own
    /// <c>POST /</c>, that route answers. For <c>/health</c>, use <c>MapHealthChecks</c>.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">No model is registered.</exception>
    /// <exception cref="OptionsValidationException">Options are out of range. The message names each of them.</exception>
    public static IEndpointConventionBuilder MapTextEmbeddingsInference(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var parts = EndpointParts.Of(endpoints);
        var info = new InferenceEndpoint(parts.CreateRoute(RequestShape.TextEmbeddingsInference), parts.Models, parts.Options);
        var embed = parts.CreateEndpoint(new InferenceEmbedDialect(parts.Responder));
        var similarity = new InferenceSimilarityDialect(parts.Responder);
        var tokenize = new InferenceTokenizeDialect(parts.Models, parts.Admission, parts.TokenLimits);
        var group = endpoints.MapGroup(string.Empty).WithMetadata(new RouteShape(RequestShape.TextEmbeddingsInference));
        group.MapPost("/embed", embed, InferenceTag, "Embed texts or token IDs.");
        group.MapPost("/", embed, InferenceTag, "Embed texts or token IDs, as /embed does.").AfterOthers();
        group.MapPost("/similarity", parts.CreateEndpoint(similarity), InferenceTag, "Compare a text with others.");
        group.MapPost("/tokenize", parts.CreateEndpoint(tokenize), InferenceTag, "Tokenize texts.");
        group.MapGet("/info", info.GetInfoAsync, InferenceTag, "Describe the model and the limits.");
        parts.LogMapped("/embed");
        return group;
    }
}
