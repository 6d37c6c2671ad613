using System.Text;

namespace Jina.Extensions.AI.Checkpoints;

/// <summary>Recognises what a failed download leaves under a model file's name.</summary>
internal static class ForeignContent
{
    /// <summary>How much of a file's beginning is looked at.</summary>
    public const int HeadLength = 64;

    /// <summary>Says whether a file begins as a web page does, or as the XML that storage servers answer with; none of a model's files does.</summary>
    public static bool IsWebPage(ReadOnlySpan<byte> start) => IsWebPage(Beginning(start));

    /// <summary>Throws if a file that begins so cannot be the file it is named as.</summary>
    public static void Refuse(string path, ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
        {
            throw new JinaModelException(path, "the file is empty. Download it again.");
        }

        var text = Beginning(head);
        if (text.StartsWith("version https://git-lfs", StringComparison.Ordinal))
        {
            throw new JinaModelException(
                path, "this is a Git LFS pointer, not the file itself. Run `git lfs pull` in the clone, or download the file from the hub.");
        }

        if (IsWebPage(text))
        {
            throw new JinaModelException(
                path, "this is a web page (HTML or XML), saved under the file's name by a download that failed. Download the file again.");
        }
    }

    private static string Beginning(ReadOnlySpan<byte> start) => Encoding.Latin1.GetString(start[..Math.Min(start.Length, HeadLength)]).TrimStart();

    private static bool IsWebPage(string text) =>
        text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase);
}
