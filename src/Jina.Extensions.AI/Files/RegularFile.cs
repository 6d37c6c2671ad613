using Microsoft.Win32.SafeHandles;

namespace Jina.Extensions.AI.Files;

/// <summary>Opens a model's files if they are regular files.</summary>
/// <remarks>
/// Opening a pipe waits for a writer, and a device can be read without end. So the kind is checked before a file is opened. Pipes, sockets,
/// devices and the files of <c>/proc</c> have a length of 0, which no file of a model has.
/// </remarks>
internal static class RegularFile
{
    private const string NextStep = "Put the file itself there, or download the model again.";

    /// <summary>
    /// Determines whether a path has anything: a file of any kind, a folder, or a link, even if it leads nowhere. Whether that can be read
    /// is left to <see cref="Open"/>, so that an optional file of the wrong kind is an error and does not count as missing.
    /// </summary>
    public static bool IsPresent(string path) => Path.Exists(path) || IsLink(new FileInfo(path));

    /// <summary>Determines whether a path has a regular file with at least one byte, or a link to one.</summary>
    public static bool Exists(string path) => LengthOrZero(path) > 0;

    /// <summary>
    /// Returns the text of a small file without white space at its ends, or <see langword="null"/> if the file is missing, longer, or not
    /// a regular file.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static string? TryReadText(string path, int maximumBytes) =>
        LengthOrZero(path) is > 0 and var length && length <= maximumBytes ? File.ReadAllText(path).Trim() : null;

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="JinaModelException">The file is missing or not a regular file.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be opened.</exception>
    public static SafeFileHandle Open(string path)
    {
        Require(path);
        return File.OpenHandle(path);
    }

    /// <summary>Returns the length of a regular file, or of the one that a link leads to. The length is never 0.</summary>
    /// <exception cref="JinaModelException">The file is missing or not a regular file.</exception>
    public static long Require(string path) => LengthOf(path) is var length and > 0
        ? length
        : throw new JinaModelException(
            path,
            "The file is empty, or it is a pipe, a socket, a device or another special file. A regular file is expected. " + NextStep);

    /// <summary>
    /// Returns the length of a file, or of the one that a link leads to. The length of a file that is not a regular one is 0.
    /// </summary>
    /// <exception cref="JinaModelException">The file is missing, or it is a folder.</exception>
    public static long LengthOf(string path)
    {
        if (Directory.Exists(path))
        {
            throw new JinaModelException(path, $"This is a folder. A file is expected. {NextStep}");
        }

        var file = new FileInfo(path);
        if (IsLink(file))
        {
            file = Target(file);
        }
        else if (!file.Exists)
        {
            throw new JinaModelException(
                path, "The file is missing. Download the model again, or use a directory that has the whole model.");
        }

        return file.Length;
    }

    private static long LengthOrZero(string path)
    {
        try
        {
            return LengthOf(path);
        }
        catch (JinaModelException)
        {
            return 0;
        }
    }

    private static bool IsLink(FileInfo file) => file.LinkTarget is not null;

    private static FileInfo Target(FileInfo link)
    {
        try
        {
            if (link.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true } target)
            {
                return new FileInfo(target.FullName);
            }
        }
        catch (IOException e)
        {
            throw new JinaModelException(
                link.FullName, $"The link to {link.LinkTarget} cannot be followed ({e.Message}). A file is expected. {NextStep}", e);
        }

        throw new JinaModelException(
            link.FullName, $"This is a link to {link.LinkTarget}, which is not a file in a folder. A file is expected. {NextStep}");
    }
}
