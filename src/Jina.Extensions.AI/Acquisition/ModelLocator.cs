using Jina.Extensions.AI.Acquisition.Cache;

namespace Jina.Extensions.AI.Acquisition;

/// <summary>Finds models that are already on this machine.</summary>
internal static class ModelLocator
{
    /// <summary>Returns the folder of a model that is here in full, or null. It reads names and sizes only.</summary>
    public static string? TryLocate(JinaEmbeddingModel model, string? cacheDirectory) =>
        model.DirectoryPath is { } directory
            ? Directory.Exists(directory) ? directory : null
            : Find(model, ModelCache.Root(cacheDirectory)) is ({ } folder, var manifest) && manifest.MissingFiles(folder).Count == 0 ? folder : null;

    /// <summary>Returns the folder and the record of a model that was downloaded in full once.</summary>
    public static (string Folder, ModelManifest Manifest)? Find(JinaEmbeddingModel model, string root)
    {
        if (RevisionRecord.CommitOf(root, model.Repository!, model.Revision!) is not { } commit)
        {
            return null;
        }

        var folder = ModelCache.CommitFolder(root, model.Repository!, commit);
        return ModelManifest.TryRead(folder) is { } manifest ? (folder, manifest) : null;
    }
}
