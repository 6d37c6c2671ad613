namespace Jina.Extensions.AI.Checkpoints.SentenceTransformers;

/// <summary>Resolves paths that a model's files state.</summary>
internal static class InnerPath
{
    /// <summary>Joins a relative path to the folder, and refuses one that leads out of it.</summary>
    /// <param name="folder">The model's folder, absolute.</param>
    /// <param name="relative">The path as stated.</param>
    /// <param name="statedBy">The file that states it.</param>
    public static string Resolve(string folder, string relative, string statedBy)
    {
        // A colon is a drive or a stream on Windows; no model needs one.
        if (relative.AsSpan().IndexOfAny('\0', ':') < 0 && !Path.IsPathRooted(relative))
        {
            var root = Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar;
            var full = Path.GetFullPath(relative, root);
            if ((full + Path.DirectorySeparatorChar).StartsWith(root, StringComparison.Ordinal))
            {
                return Path.TrimEndingDirectorySeparator(full);
            }
        }

        throw new JinaModelException(
            statedBy, $"it names the path '{relative}', which leads out of the model's folder; a path inside it is expected. Do not trust this model.");
    }
}
