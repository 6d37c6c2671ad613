namespace Jina.Evaluation.Datasets;

/// <summary>A file of a data set is missing, or not what it should be.</summary>
/// <param name="message">The file, the line where there is one, what was found and what was expected.</param>
internal sealed class DatasetException(string message) : Exception(message)
{
    /// <summary>Says what is wrong with a line.</summary>
    public static DatasetException At(string path, int line, string expected, string found) =>
        new($"{path}, line {line}: expected {expected}; found {found}.");
}
