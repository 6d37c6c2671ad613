using System.Text;

namespace Jina.Extensions.AI.Checkpoints;

/// <summary>Recognises what a failed download leaves under a model file's name.</summary>
internal static class ForeignContent
{
    /// <summary>How much of a file's beginning is looked at.</summary>
    public const int HeadLength = 64;

    /// <summary>Throws if a file that begins so cannot be the file it is named as.</summary>
    public static void Refuse(string path, ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
        {
            throw new JinaModelException(path, "the file is empty. Download it again.");
        }

        var text = Encoding.Latin1.GetString(head).TrimStart();
        if (text.StartsWith("version https://git-lfs", StringComparison.Ordinal))
        {
            throw new JinaModelException(
                path, "this is a Git LFS pointer, not the file itself. Run `git lfs pull` in the clone, or download the file from the hub.");
        }

        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase))
        {
            throw new JinaModelException(
                path, "this is a web page (HTML or XML), saved under the file's name by a download that failed. Download the file again.");
        }
    }
}
