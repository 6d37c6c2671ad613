using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Acquisition;

/// <summary>Says what of a model is missing, where it was looked for, why it was not fetched and what would help.</summary>
internal static class MissingModel
{
    public static JinaModelException OfDirectory(string directory) => new(
        directory, "This folder does not exist. Expected a model in Hugging Face layout; check the path.");

    public static JinaModelException Error(
        JinaEmbeddingModel model, StoreSettings settings, IReadOnlyList<string> damaged, HubException cause)
    {
        var repository = model.Repository!;
        var commit = RevisionRecord.CommitOf(settings.Root, repository, model.Revision!);
        var folder = commit is null
            ? ModelCache.RepositoryFolder(settings.Root, repository)
            : ModelCache.CommitFolder(settings.Root, repository, commit);
        var state = damaged.Count > 0
            ? $"Damaged or missing: {string.Join(", ", damaged)}."
            : $"Missing: {string.Join(", ", Missing(commit, folder))}.";
        return new(
            folder,
            $"The model {model.Name} is not here in full. {state} {cause.Message} "
            + $"Looked in this folder and in the Hugging Face cache {settings.HuggingFaceCache}. "
            + $"{Suggestion(repository)}Where the hub can be reached, run '{PullCommand(model, settings)}', and copy the cache folder "
            + $"{settings.Root} here if that is another machine; or set {HubEnvironment.EndpointVariable} to a mirror within reach.",
            cause);
    }

    private static IReadOnlyList<string> Missing(string? commit, string folder) =>
        ModelFiles.MissingFrom(path => commit is not null && File.Exists(Path.Combine(folder, path))) is { Count: > 0 } files
            ? files
            : [ModelManifest.FileName];

    /// <summary>A repository that does not exist may be a slip of the pen.</summary>
    private static string Suggestion(string repository) =>
        ModelCatalogue.Find(repository) is null && ModelCatalogue.Nearest(repository) is var nearest && EditDistance.Between(repository, nearest.Repository) <= 4
            ? $"Did you mean {nearest.Name}? "
            : "";

    private static string PullCommand(JinaEmbeddingModel model, StoreSettings settings)
    {
        var usual = ModelCatalogue.Find(model.Name)?.Revision ?? "main";
        var revision = model.Revision == usual ? "" : $" --revision {model.Revision}";
        var root = settings.Root.Contains(' ', StringComparison.Ordinal) ? $"\"{settings.Root}\"" : settings.Root;
        var cache = settings.CacheDirectory is null ? "" : $" --cache-dir {root}";
        return $"jina-embeddings pull {model.Name}{revision}{cache}";
    }
}
