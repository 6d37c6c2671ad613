namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>All models.</summary>
internal sealed record ModelListBody(string Object, IReadOnlyList<ModelBody> Data);
