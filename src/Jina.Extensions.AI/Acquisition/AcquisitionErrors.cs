using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Diagnostics;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Acquisition;

/// <summary>Creates the exceptions for models that are not on this machine.</summary>
internal static class AcquisitionErrors
{
    /// <summary>Creates the exception for a model directory that does not exist.</summary>
    public static JinaModelException DirectoryMissing(string path) => new(
        path,
        path == JinaEmbeddingModel.Demo.DirectoryPath
            ? $"The demo model is not beside the application. Run 'dotnet add package {PackagedFolder.DemoPackage}' and build again."
            : "The directory does not exist. A directory with a model in Hugging Face layout is expected. Check the path.");

    /// <summary>Creates the exception for a model of a package whose files were changed after they were copied.</summary>
    public static JinaModelException PackageDamaged(string folder, IReadOnlyList<string> damaged) => new(
        folder,
        $"The files that a package copied beside the application are damaged or missing: {string.Join(", ", damaged)}. "
        + "Delete this folder, and build or publish the application again.");

    /// <summary>Creates the exception for a model that is not complete in the cache and could not be downloaded.</summary>
    /// <param name="model">A model of the hub.</param>
    /// <param name="settings">The settings of the store.</param>
    /// <param name="damaged">The files in the cache that are damaged or missing. If empty, the model is not in the cache.</param>
    /// <param name="cause">The reason why the model could not be downloaded.</param>
    public static JinaModelException ModelMissing(
        JinaEmbeddingModel model, StoreSettings settings, IReadOnlyList<string> damaged, HubException cause)
    {
        var path = model.MissingDirectory is { } missing ? $"The directory {missing} does not exist. " : "";
        var repository = model.Repository!;
        var commit = settings.Cache.FindCommit(model);
        var folder = commit is null ? settings.Cache.RepositoryFolder(repository) : settings.Cache.CommitFolder(repository, commit);
        var state = damaged.Count > 0
            ? $"Damaged or missing files: {string.Join(", ", damaged)}."
            : $"Missing files: {string.Join(", ", FindMissing(commit, folder))}.";
        return JinaModelException.FromParagraph(
            folder,
            $"The model {model.Name} is not complete on this machine and could not be downloaded. {cause.Message} "
            + $"{path}{OtherRevisions(settings, repository)}{Suggestion(repository)}"
            + $"To start without the hub, run 'dotnet add package {PackagedFolder.DemoPackage}' and use "
            + $"{nameof(JinaEmbeddingModel)}.{nameof(JinaEmbeddingModel.Demo)}, a small model that is part of that package. "
            + $"To use {model.Name}, set {HubEnvironment.EndpointVariable} to a mirror that this machine can reach, "
            + $"pass the directory of its files to {nameof(JinaEmbeddingModel)}.{nameof(JinaEmbeddingModel.FromDirectory)}, "
            + "or install the tool with 'dotnet tool install --global Jina.Embeddings.Tool', "
            + $"run '{PullCommand(model, settings)}' where the hub can be reached, "
            + $"and copy the cache folder {settings.Cache.Root} to this machine if it is another one. "
            + $"{state} Searched {folder} and the Hugging Face cache {settings.HuggingFaceCache}.",
            cause);
    }

    private static IReadOnlyList<string> FindMissing(string? commit, string folder)
    {
        var missing = ModelFiles.FindMissing(path => commit is not null && File.Exists(Path.Combine(folder, path)));
        return missing.Count > 0 ? missing : [ModelManifest.FileName];
    }

    /// <summary>A repository that does not exist can be a typing error.</summary>
    private static string Suggestion(string repository)
    {
        var isKnown = ModelCatalog.Find(repository) is not null;
        return !isKnown && ModelCatalog.FindSimilar(repository) is { } similar ? $"Did you mean {similar.Name}? " : "";
    }

    /// <summary>A model that was pulled or packed at another revision has to be named with that revision.</summary>
    public static string OtherRevisions(StoreSettings settings, string repository) =>
        Others("The cache has", settings.Cache, repository) + Others("A package beside the application has", settings.Packaged, repository);

    private static string Others(string start, ModelCache cache, string repository) =>
        cache.ListComplete(repository) is { Count: > 0 } others
            ? $"{start} {PrintableText.Names(others.Select(other => other.ToString()))}. Use a name from this list. "
            : "";

    private static string PullCommand(JinaEmbeddingModel model, StoreSettings settings)
    {
        var usual = ModelCatalog.DefaultRevision(model.Repository!);
        var revision = model.Revision == usual ? "" : $" --revision {model.Revision}";
        var root = settings.Cache.Root;
        var quoted = root.Contains(' ', StringComparison.Ordinal) ? $"\"{root}\"" : root;
        var cache = settings.CacheDirectory is null ? "" : $" --cache-dir {quoted}";
        return $"jina-embeddings pull {model.Name}{revision}{cache}";
    }
}
