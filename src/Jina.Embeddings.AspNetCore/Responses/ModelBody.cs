namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Represents a model in the form of OpenAI's interface.</summary>
/// <param name="Id">The name of the model.</param>
/// <param name="Object">Always <c>model</c>.</param>
/// <param name="Created">When this server began to serve the model, in seconds since 1970.</param>
/// <param name="OwnedBy">The organization on the hub, or <c>local</c> for a model directory.</param>
internal sealed record ModelBody(string Id, string Object, long Created, string OwnedBy);

/// <summary>Represents the list of all models.</summary>
internal sealed record ModelListBody(string Object, IReadOnlyList<ModelBody> Data);
