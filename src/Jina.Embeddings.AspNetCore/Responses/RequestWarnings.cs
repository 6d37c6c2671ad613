using Jina.Embeddings.AspNetCore.Requests;
using Microsoft.Extensions.Primitives;

namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Describes the parts of a request that have no effect, for the header <c>Warning</c>.</summary>
internal static class RequestWarnings
{
    private const string Task = "299 - \"task is ignored: this model does not support tasks\"";

    /// <summary>Returns the values of the header. Without such parts, the result is empty.</summary>
    public static StringValues Of(EmbeddingRequest request)
    {
        var task = request.HasTask ? new StringValues(Task) : StringValues.Empty;
        return request.IgnoredFields.Names.Count == 0
            ? task
            : StringValues.Concat(task, $"299 - \"ignored fields: {request.IgnoredFields}\"");
    }
}
