namespace Jina.Extensions.AI.Models;

/// <summary>A file of a repository that this library wants.</summary>
/// <param name="Path">The path inside the repository and inside the model's folder, with forward slashes.</param>
/// <param name="Required">Whether the model is incomplete without it.</param>
internal sealed record ModelFile(string Path, bool Required = false);
