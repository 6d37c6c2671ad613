using System.Text.Json.Serialization;
using Jina.Embeddings.AspNetCore.Endpoints;

namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Jina's error body.</summary>
/// <param name="Detail">The message.</param>
/// <param name="Code">The code.</param>
/// <param name="RequestId">The id that the response's header has, too.</param>
/// <param name="Errors">The fields at fault, with status 422 only.</param>
internal sealed record JinaErrorBody(
    string Detail,
    string Code,
    string RequestId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<JinaFieldError>? Errors);
