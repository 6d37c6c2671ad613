using System.IO.Compression;
using System.Text;

namespace Jina.Evaluation.Datasets;

/// <summary>Reads the lines of a UTF-8 text file one by one. A file with the extension .gz is decompressed.</summary>
/// <remarks>A line ends with LF, CR or CRLF. A byte order mark is skipped, and that of UTF-16 selects UTF-16.</remarks>
internal static class DataLines
{
    // Replacement characters in the place of other bytes would change the score without a message. The reader compares the byte order
    // mark with the identifier. Without an identifier it would detect the mark and select another encoding, which does not throw.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <exception cref="DatasetException">The file is missing, is not in UTF-8, or its compressed data is damaged.</exception>
    public static IEnumerable<(int Number, string Text)> Read(string path)
    {
        using var reader = Open(path);
        for (var number = 1; Next(reader, path, number) is { } line; number++)
        {
            yield return (number, line);
        }
    }

    /// <summary>Opens a file whose reader throws <see cref="DecoderFallbackException"/> for bytes that are not UTF-8.</summary>
    /// <exception cref="DatasetException">The file is missing.</exception>
    public static StreamReader Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new DatasetException($"{path}: The file does not exist.");
        }

        Stream file = File.OpenRead(path);
        return new StreamReader(
            path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file, Utf8);
    }

    private static string? Next(StreamReader reader, string path, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (DecoderFallbackException e)
        {
            throw DatasetException.NotUtf8(path, number, e);
        }
        catch (InvalidDataException e)
        {
            throw DatasetException.At(path, number, "gzip data", $"damaged data ({e.Message.TrimEnd('.')}); download the file again");
        }
    }
}
