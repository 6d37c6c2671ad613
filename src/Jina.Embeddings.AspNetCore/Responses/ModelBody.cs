namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>A model, as OpenAI's interface describes one.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Object">Always <c>model</c>.</param>
/// <param name="Created">When this server began to serve it, in seconds since 1970.</param>
/// <param name="OwnedBy">Who published it; <c>local</c> for a folder.</param>
internal sealed record ModelBody(string Id, string Object, long Created, string OwnedBy);
