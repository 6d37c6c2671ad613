namespace Jina.Evaluation.Datasets;

/// <summary>The exception that is thrown when a file of a data set is missing or not valid.</summary>
/// <param name="message">The message: the file, the line if there is one, what was found and what was expected.</param>
internal sealed class DatasetException(string message) : Exception(message)
{
    /// <summary>Creates the exception for a line.</summary>
    public static DatasetException At(string path, int line, string expected, string found) =>
        new($"{path}, line {line}: expected {expected}; found {found}.");
}
