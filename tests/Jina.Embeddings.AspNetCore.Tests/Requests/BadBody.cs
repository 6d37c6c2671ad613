namespace Jina.Embeddings.AspNetCore.Tests.Requests;

/// <summary>A body that is to be refused.</summary>
/// <param name="Text">The body.</param>
/// <param name="Field">The field at fault; null where the refusal may name what it likes.</param>
/// <param name="IsJinas">Whether it has what only Jina's interface has.</param>
internal sealed record BadBody(string Text, string? Field = null, bool IsJinas = false);
