using Jina.Extensions.AI.Diagnostics;

namespace Jina.Extensions.AI.Files;

/// <summary>Resolves paths that a model's files contain.</summary>
internal static class InnerPath
{
    /// <summary>Joins a relative path to a folder, and rejects a path that leads out of it.</summary>
    /// <param name="folder">The absolute path of the folder.</param>
    /// <param name="relative">The path to resolve.</param>
    /// <param name="source">The file that contains the path, for messages.</param>
    public static string Resolve(string folder, string relative, string source)
    {
        // A colon is a drive or a stream on Windows, and models do not need one.
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
            source,
            $"The file names the path '{PrintableText.Name(relative)}', which leads out of the model directory. A path inside it is "
            + "expected. Do not trust this model.");
    }
}
