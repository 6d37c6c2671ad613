namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>OpenAI's error body.</summary>
internal sealed record OpenAIErrorBody(OpenAIError Error);
