namespace Jina.Extensions.AI;

/// <summary>A model's files are missing, damaged, or not of a kind that this library runs.</summary>
/// <remarks>
/// The message names the file, what was found, what was expected and what to do about it; it is fit to be shown to a
/// user as it is.
/// </remarks>
public sealed class JinaModelException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The file or folder at fault.</param>
    /// <param name="problem">What was found, what was expected, and the next step: full sentences.</param>
    /// <param name="innerException">The cause, if another exception reported it.</param>
    public JinaModelException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException) => ModelPath = path;

    /// <summary>Gets the file or folder at fault.</summary>
    public string ModelPath { get; }
}
