namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Whose interface a request uses, and so its answer.</summary>
internal enum RequestShape
{
    /// <summary>OpenAI's; also where nothing tells.</summary>
    OpenAI,

    /// <summary>Jina's: a field that only Jina has is there.</summary>
    Jina,
}
