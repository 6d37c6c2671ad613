using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Acquisition;

/// <summary>Finds models that are already on this machine.</summary>
internal static class ModelLocator
{
    /// <summary>Returns the folder of a model that is here in full, or null.</summary>
    public static string? TryLocate(JinaEmbeddingModel model, string? cacheDirectory)
    {
        var folder = ExpectedFolder(model, cacheDirectory);
        return Directory.Exists(folder) && MissingFiles(model, folder).Count == 0 ? folder : null;
    }

    /// <summary>Says what is missing, where it was looked for and what would help.</summary>
    public static JinaModelException NotFound(JinaEmbeddingModel model, string? cacheDirectory)
    {
        var folder = ExpectedFolder(model, cacheDirectory);
        return model.Directory is not null
            ? new(folder, "This folder does not exist. Expected a model in Hugging Face layout; check the path.")
            : new(
                folder,
                $"The model {model.Name} is not here; missing: {string.Join(", ", MissingFiles(model, folder))}. "
                + $"Put its files there, or run 'jina-embeddings pull {model.Name}' where the hub can be reached.");
    }

    private static string ExpectedFolder(JinaEmbeddingModel model, string? cacheDirectory) =>
        model.Directory ?? Path.Combine(
            ModelCache.RepositoryFolder(ModelCache.Root(cacheDirectory), model.Repository!), model.Revision!);

    /// <summary>A folder that the caller names may hold any form of model, so only the cache has a list to compare with.</summary>
    private static List<string> MissingFiles(JinaEmbeddingModel model, string folder)
    {
        if (model.Directory is not null)
        {
            return [];
        }

        var missing = ModelFiles.Small
            .Where(file => file.Required && !File.Exists(Path.Combine(folder, file.Path)))
            .Select(file => file.Path)
            .ToList();
        if (!ModelFiles.Weights.Any(weights => File.Exists(Path.Combine(folder, weights))))
        {
            missing.Add(string.Join(" or ", ModelFiles.Weights));
        }

        return missing;
    }
}
