using System.Text;

namespace Jina.Extensions.AI.Files;

/// <summary>Recognizes what failed downloads save under the name of a model file.</summary>
internal static class ForeignContent
{
    /// <summary>The number of bytes at the beginning of a file that are checked.</summary>
    public const int HeadLength = 64;

    /// <summary>
    /// Determines whether a file begins like a web page, or like the XML that storage servers return. Model files never do.
    /// </summary>
    public static bool IsWebPage(ReadOnlySpan<byte> start) => IsWebPage(Beginning(start));

    /// <summary>Throws if a file with this beginning cannot be the file that its name says.</summary>
    public static void ThrowIfForeign(string path, ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
        {
            throw new JinaModelException(path, "The file is empty. Download it again.");
        }

        var text = Beginning(head);
        if (text.StartsWith("version https://git-lfs", StringComparison.Ordinal))
        {
            throw new JinaModelException(
                path,
                "This is a Git LFS pointer, not the file itself. Run `git lfs pull` in the clone, or download the file from the hub.");
        }

        if (IsWebPage(text))
        {
            throw new JinaModelException(
                path, "This is a web page (HTML or XML) that a failed download saved under the file's name. Download the file again.");
        }
    }

    private static string Beginning(ReadOnlySpan<byte> start) =>
        Encoding.Latin1.GetString(start[..Math.Min(start.Length, HeadLength)]).TrimStart();

    private static bool IsWebPage(string text) =>
        text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase);
}
