using System.Runtime.CompilerServices;
using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Requests;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Contains the parts that all routes of an application share, so that its limits apply to all routes together.</summary>
internal sealed class EndpointParts
{
    private static readonly ConditionalWeakTable<IServiceProvider, EndpointParts> Shared = new();

    private readonly ApiKeys _keys;
    private readonly BodyArrival _arrival;
    private readonly ILogger _logger;
    private readonly CancellationToken _stopping;

    private EndpointParts(IServiceProvider services)
    {
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Jina.Embeddings.AspNetCore");
        _stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        Options = ReadOptions(services);
        _keys = new ApiKeys(Options.ApiKeys);
        Models = new ServedModels(services, Options.StrictModel);
        Since = time.GetUtcNow();
        TokenLimits = new TokenLimits(Options.MaxTokens);
        Admission = new Admission(Options, time);
        _arrival = new BodyArrival(Options.BodyGrace, time, _stopping);
        Responder = new EmbeddingResponder(Models, Admission, TokenLimits);
    }

    /// <summary>Gets the options.</summary>
    public JinaEmbeddingEndpointOptions Options { get; }

    /// <summary>Gets the models.</summary>
    public ServedModels Models { get; }

    /// <summary>Gets the limits on tokens.</summary>
    public TokenLimits TokenLimits { get; }

    /// <summary>Gets the limits on what all requests hold.</summary>
    public Admission Admission { get; }

    /// <summary>Gets the part that embeds.</summary>
    public EmbeddingResponder Responder { get; }

    /// <summary>Gets the time when the first route was mapped.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>Returns the parts of the application whose routes are mapped. The first call creates them.</summary>
    /// <exception cref="InvalidOperationException">No model is registered.</exception>
    /// <exception cref="OptionsValidationException">Options are out of range.</exception>
    public static EndpointParts Of(IEndpointRouteBuilder endpoints) =>
        Shared.GetValue(endpoints.ServiceProvider, static services => new EndpointParts(services));

    /// <summary>Creates the endpoint of a route whose requests have a body.</summary>
    public EmbeddingsEndpoint CreateEndpoint(Dialect dialect) =>
        new(Options, _keys, _arrival, Admission, dialect, _logger, _stopping);

    /// <summary>Creates the part that checks the key of a route without a body.</summary>
    public KeyedRoute CreateRoute(RequestShape shape) => new(_keys, shape, _logger);

    /// <summary>Logs that routes were mapped.</summary>
    public void LogMapped(string pattern) =>
        Log.Mapped(_logger, string.Join(", ", Models.All.Select(model => model.Id)), pattern, Options.ApiKeys.Count);

    /// <summary>Returns a copy of the options, checked again for apps that set them without <c>AddJinaEmbeddingEndpoint</c>.</summary>
    private static JinaEmbeddingEndpointOptions ReadOptions(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<JinaEmbeddingEndpointOptions>>().Value.Copy();
        return EndpointOptionsRules.Problems(options) is { Count: > 0 } problems
            ? throw new OptionsValidationException(nameof(JinaEmbeddingEndpointOptions), typeof(JinaEmbeddingEndpointOptions), problems)
            : options;
    }
}
