namespace Jina.Extensions.AI;

/// <summary>What the cache holds of one commit of a repository.</summary>
/// <param name="Repository">
/// The repository, <c>org/name</c>; or <c>graphs</c> for the graph, and links to or copies of the weights, that were
/// made for a model in a read-only folder. They are made again when they are needed.
/// </param>
/// <param name="Commit">The commit, or null for graphs and for the parts of downloads that broke off and may go on.</param>
/// <param name="Folder">The absolute path.</param>
/// <param name="Bytes">The size of all files in the folder, those that were made beside the model's own included.</param>
/// <param name="IsComplete">Whether every file of the model is here.</param>
/// <param name="IsNeeded">Whether a name leads here: the catalogue's, or a revision that was asked for.</param>
public sealed record CachedModel(string Repository, string? Commit, string Folder, long Bytes, bool IsComplete, bool IsNeeded);
