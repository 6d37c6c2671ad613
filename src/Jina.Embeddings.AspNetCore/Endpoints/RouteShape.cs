using Jina.Embeddings.AspNetCore.Requests;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Represents the shape of a route, as metadata for middleware that rejects requests before the route handles them.</summary>
/// <param name="Shape">The shape of the route's rejections.</param>
internal sealed record RouteShape(RequestShape Shape);
