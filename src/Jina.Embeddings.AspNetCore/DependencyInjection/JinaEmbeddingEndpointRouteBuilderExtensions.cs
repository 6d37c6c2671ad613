using System.Diagnostics.CodeAnalysis;
using Jina.Embeddings.AspNetCore;
using Jina.Embeddings.AspNetCore.Endpoints;
using Jina.Embeddings.AspNetCore.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the HTTP interface of cloud embedding services to the application's own models.</summary>
public static class JinaEmbeddingEndpointRouteBuilderExtensions
{
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
        var services = endpoints.ServiceProvider;
        var options = ReadOptions(services);
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Jina.Embeddings.AspNetCore");
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        var keys = new ApiKeys(options.ApiKeys);
        var models = new ServedModels(services, options.StrictModel);
        var admission = new Admission(options, time);
        var responder = new EmbeddingResponder(models, admission, new TokenLimits(options.MaxTokens));
        var arrival = new BodyArrival(options.BodyGrace, time, stopping);
        var embeddings = new EmbeddingsEndpoint(options, keys, arrival, admission, responder, logger, stopping);
        var list = new ModelsEndpoint(keys, models, time.GetUtcNow());

        var path = pattern.Trim('/');
        var parent = path[..(path.LastIndexOf('/') + 1)];
        var group = endpoints.MapGroup(string.Empty);
        group.MapPost(path, (RequestDelegate)embeddings.HandleAsync);
        group.MapGet($"{parent}models", (RequestDelegate)list.ListAsync);
        group.MapGet($"{parent}models/{{**{ModelsEndpoint.IdValue}}}", (RequestDelegate)list.GetAsync);
        Log.Mapped(logger, string.Join(", ", models.All.Select(model => model.Id)), pattern, options.ApiKeys.Count);
        return group;
    }

    /// <summary>Returns a copy of the options, checked again for apps that set them without <c>AddJinaEmbeddingEndpoint</c>.</summary>
    private static JinaEmbeddingEndpointOptions ReadOptions(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<JinaEmbeddingEndpointOptions>>().Value.Copy();
        return EndpointOptionsRules.Problems(options) is { Count: > 0 } problems
            ? throw new OptionsValidationException(nameof(JinaEmbeddingEndpointOptions), typeof(JinaEmbeddingEndpointOptions), problems)
            : options;
    }
}
