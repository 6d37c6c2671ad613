using System.Text;

namespace Jina.Evaluation.Datasets;

/// <summary>The exception that is thrown when a file of a data set is missing or not valid.</summary>
/// <param name="message">The message: the file, the line if there is one, what was found and what was expected.</param>
internal sealed class DatasetException(string message) : Exception(message)
{
    /// <summary>Creates the exception for a line.</summary>
    public static DatasetException At(string path, int line, string expected, string found) =>
        new($"{path}, line {line}: expected {expected}; found {found}.");

    /// <summary>Creates the exception for bytes that are not UTF-8.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="line">The first line that could not be read. The bytes can be in a later one, because blocks are decoded.</param>
    /// <param name="error">The exception of the decoder.</param>
    public static DatasetException NotUtf8(string path, int line, DecoderFallbackException error)
    {
        var bytes = Convert.ToHexString(error.BytesUnknown ?? []);
        return At(path, line, "text in UTF-8", $"bytes {bytes} in this line or below; convert the file to UTF-8");
    }
}
