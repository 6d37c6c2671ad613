namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>What <see cref="OpenAIErrorBody"/> holds; all four are always written.</summary>
internal sealed record OpenAIError(string Message, string Type, string? Param, string? Code);
