namespace Jina.Extensions.AI.Models;

/// <summary>The published models, as data.</summary>
internal static class ModelCatalogue
{
    /// <summary>The most tokens of a text, of each of them.</summary>
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

    /// <summary>No commit of this one is published as the reference, so the branch is pinned on first download.</summary>
    public static readonly KnownModel LargeEnV1 = new(
        "jina-embedding-l-en-v1",
        "jinaai/jina-embedding-l-en-v1",
        "main",
        JinaEmbeddingDimensions.LargeEnV1);

    public static IReadOnlyList<KnownModel> All { get; } = [SmallEnV1, BaseEnV1, LargeEnV1];

    /// <summary>Gets the short names, as a list for messages.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(model => model.Name));

    /// <summary>Finds a model by its short name or by its repository; case does not matter.</summary>
    public static KnownModel? Find(string name) =>
        All.FirstOrDefault(model => name.Equals(model.Name, StringComparison.OrdinalIgnoreCase)
                                    || name.Equals(model.Repository, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the model whose name is the fewest edits away from what somebody wrote.</summary>
    public static KnownModel Nearest(string name)
    {
        var written = name[(name.LastIndexOf('/') + 1)..];
        return All.MinBy(model => EditDistance.Between(written, model.Name))!;
    }
}
