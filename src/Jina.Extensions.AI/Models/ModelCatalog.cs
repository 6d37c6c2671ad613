namespace Jina.Extensions.AI.Models;

/// <summary>Lists the published models.</summary>
internal static class ModelCatalog
{
    /// <summary>The token limit of each of them.</summary>
    public const int MaxTokens = 512;

    public static readonly KnownModel SmallEnV1 = new(
        "jina-embedding-s-en-v1",
        "jinaai/jina-embedding-s-en-v1",
        "5ac6cd473e2324c6d5f9e558a6a9f65abb57143e",
        JinaEmbeddingDimensions.SmallEnV1);

    public static readonly KnownModel BaseEnV1 = new(
        "jina-embedding-b-en-v1",
        "jinaai/jina-embedding-b-en-v1",
        "32aa658e5ceb90793454d22a57d8e3a14e699516",
        JinaEmbeddingDimensions.BaseEnV1);

    /// <summary>This model has no commit that is published as the reference, so its branch is resolved at the first download.</summary>
    public static readonly KnownModel LargeEnV1 = new(
        "jina-embedding-l-en-v1",
        "jinaai/jina-embedding-l-en-v1",
        "main",
        JinaEmbeddingDimensions.LargeEnV1);

    public static IReadOnlyList<KnownModel> All { get; } = [SmallEnV1, BaseEnV1, LargeEnV1];

    /// <summary>Gets the short names, as a list for messages.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(model => model.Name));

    /// <summary>Returns the model with a short name or a repository, ignoring case; or <see langword="null"/>.</summary>
    public static KnownModel? Find(string name) =>
        All.FirstOrDefault(model => name.Equals(model.Name, StringComparison.OrdinalIgnoreCase)
                                    || name.Equals(model.Repository, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the model whose name a user probably meant, or <see langword="null"/>.</summary>
    /// <param name="name">A name with or without an organization and a revision.</param>
    public static KnownModel? FindSimilar(string name)
    {
        var written = name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Split('@')[0];
        var nearest = EditDistance.FindSimilar(written, All.Select(model => model.Name));
        return nearest is null ? null : Find(nearest);
    }

    /// <summary>Returns the revision that a repository has without a choice: the pinned one, or <c>main</c>.</summary>
    public static string DefaultRevision(string repository) => Find(repository)?.Revision ?? "main";

    /// <summary>Represents a published model before it is loaded.</summary>
    /// <param name="Name">The short name.</param>
    /// <param name="Repository">The repository on the hub, <c>org/name</c>.</param>
    /// <param name="Revision">The pinned commit, or a branch that is resolved to a commit at the first download.</param>
    /// <param name="Dimensions">The length of its vectors.</param>
    internal sealed record KnownModel(string Name, string Repository, string Revision, int Dimensions);
}
