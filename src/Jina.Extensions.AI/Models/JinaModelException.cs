using Jina.Extensions.AI.Diagnostics;

namespace Jina.Extensions.AI;

/// <summary>Represents an error in a model's files: they are missing, damaged, or of a kind that this library does not support.</summary>
/// <remarks>
/// The message names the file, what was found, what was expected and the next step. It can be shown to a user as it is: it is one line of
/// at most 6,000 characters, and control characters in names are escaped.
/// </remarks>
public sealed class JinaModelException : IOException
{
    private readonly bool _explainsCause;

    /// <summary>Initializes a new instance of the <see cref="JinaModelException"/> class with a message that begins with a path.</summary>
    /// <param name="path">The file or directory that the error is about.</param>
    /// <param name="problem">The problem, the expectation and the next step, in full sentences.</param>
    /// <param name="innerException">The exception that caused this one, or <see langword="null"/>.</param>
    public JinaModelException(string path, string problem, Exception? innerException = null)
        : base(PrintableText.Message($"{path}: {problem}"), innerException) => ModelPath = path;

    private JinaModelException(string message, Exception? innerException, string path)
        : base(PrintableText.Message(message), innerException)
    {
        ModelPath = path;
        _explainsCause = true;
    }

    /// <summary>Gets the file or directory that the error is about.</summary>
    public string ModelPath { get; }

    /// <summary>
    /// Returns the message, the causes and the stack traces. Control characters in them are escaped. For a model that could not be
    /// downloaded, the causes are left out, because the message explains them.
    /// </summary>
    /// <returns>The description of this exception.</returns>
    public override string ToString() =>
        PrintableText.Report(_explainsCause ? $"{GetType()}: {Message}{Environment.NewLine}{StackTrace}" : base.ToString());

    /// <summary>
    /// Creates the exception with a message that names the path where it belongs, instead of beginning with it, and that explains the
    /// cause.
    /// </summary>
    internal static JinaModelException FromParagraph(string path, string message, Exception? innerException) =>
        new(message, innerException, path);
}
