namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>What is wrong with one field. Jina also repeats the field's value, which may be a user's text; this server does not.</summary>
internal sealed record JinaFieldError(string Field, string Message, string Type);
