using Jina.Embeddings.AspNetCore;
using Jina.Embeddings.AspNetCore.Endpoints;
using Jina.Embeddings.AspNetCore.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>
/// <c>/openapi/v1.json</c>: the description of all routes. Bodies are read and written by hand, so their schemas are, too. It does not
/// require a key, as it is the same for all servers of a version.
/// </summary>
internal static class ApiDocument
{
    private const string ServerTag = "Server";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(static options =>
    {
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            Complete(operation, context.Description.HttpMethod, $"/{context.Description.RelativePath}");
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Jina embeddings",
                Version = typeof(ApiDocument).Assembly.GetName().Version!.ToString(3),
                Description = "Embeddings by models of this server, in the interfaces of OpenAI, Jina, Ollama and Text Embeddings "
                    + "Inference. A server with API keys requires the header 'Authorization: Bearer KEY'.",
            };
            AddOwnRoutes(document);
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi();

    /// <summary>Adds the bodies, which the routes of the package do not declare, and the parameters of paths.</summary>
    private static void Complete(OpenApiOperation operation, string? method, string path)
    {
        if (method == "POST" && RouteSchemas.RequestOf(path) is { } request)
        {
            operation.RequestBody = Schemas.Request(request);
        }

        if (path.Contains($"{ModelsEndpoint.IdValue}}}", StringComparison.Ordinal))
        {
            var name = new OpenApiParameter { Name = ModelsEndpoint.IdValue, In = ParameterLocation.Path, Required = true };
            name.Schema = Schemas.Text("The name of a model.");
            operation.Parameters = [name];
        }

        if (path == RouteSchemas.CloudRoute)
        {
            var encoding = new OpenApiParameter { Name = TokenEncodingHeader.Name, In = ParameterLocation.Header };
            encoding.Schema = Schemas.Text($"The encoding of token IDs: {TokenIdEncodingNames.Expected}.");
            operation.Parameters = [encoding];
        }

        operation.Responses = (method, path) switch
        {
            ("HEAD", _) => new OpenApiResponses { ["200"] = new OpenApiResponse { Description = "OK" } },
            ("GET", "/") => new OpenApiResponses
            {
                ["200"] = Schemas.Response("A text, or a page for browsers.", Schemas.Text(), "text/plain"),
            },
            _ => new OpenApiResponses
            {
                ["200"] = Schemas.Response("OK", RouteSchemas.ResponseOf(path)),
                ["default"] = Schemas.Response("The request was rejected.", RouteSchemas.RejectionOf(path)),
            },
        };
    }

    /// <summary>Adds the routes that the API explorer does not find.</summary>
    private static void AddOwnRoutes(OpenApiDocument document)
    {
        document.Tags ??= new HashSet<OpenApiTag>();
        document.Tags.Add(new OpenApiTag { Name = ServerTag });
        var health = Schemas.Object(("status", Schemas.Text("ready or not_ready")), ("models", Schemas.Any("The state of each model.")));
        Add(document, "/health", "Check that all models are ready.", new OpenApiResponses
        {
            ["200"] = Schemas.Response("All models are ready.", health),
            ["503"] = Schemas.Response("A model is not ready.", health),
        });
        var ready = Schemas.Object(("status", Schemas.Text("ready, not_ready, busy or draining")));
        Add(document, "/ready", "Check whether the server should get requests.", new OpenApiResponses
        {
            ["200"] = Schemas.Response("The server has room for a request.", ready),
            ["503"] = Schemas.Response("A model is not ready, the queue is full, or the server is about to stop.", ready),
        });
        Add(document, "/metrics", "Read the metrics, in the format of Prometheus.", new OpenApiResponses
        {
            ["200"] = Schemas.Response("OK", Schemas.Text(), "text/plain"),
        });
    }

    private static void Add(OpenApiDocument document, string path, string summary, OpenApiResponses responses) =>
        document.Paths[path] = new OpenApiPathItem
        {
            Operations = new Dictionary<HttpMethod, OpenApiOperation>
            {
                [HttpMethod.Get] = new()
                {
                    Summary = summary,
                    Tags = new HashSet<OpenApiTagReference> { new(ServerTag, document) },
                    Responses = responses,
                },
            },
        };
}
