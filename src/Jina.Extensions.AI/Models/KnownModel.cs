namespace Jina.Extensions.AI.Models;

/// <summary>What is known of a catalogued model before anything is loaded.</summary>
/// <param name="Name">The short name, as users write it.</param>
/// <param name="Repository">The repository on the hub, <c>org/name</c>.</param>
/// <param name="Revision">The pinned commit, or a branch that is resolved to a commit on first download.</param>
/// <param name="Dimensions">The length of its vectors.</param>
internal sealed record KnownModel(string Name, string Repository, string Revision, int Dimensions);
