using System.IO.Compression;

namespace Jina.Evaluation.Datasets;

/// <summary>Reads the lines of a UTF-8 text file one by one. A file with the extension .gz is decompressed.</summary>
/// <remarks>A line ends with LF or CRLF. A byte order mark is skipped.</remarks>
internal static class DataLines
{
    /// <exception cref="DatasetException">The file is missing, or its compressed data is damaged.</exception>
    public static IEnumerable<(int Number, string Text)> Read(string path)
    {
        using var reader = Open(path);
        for (var number = 1; Next(reader, path, number) is { } line; number++)
        {
            yield return (number, line);
        }
    }

    private static StreamReader Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new DatasetException($"{path}: The file does not exist.");
        }

        Stream file = File.OpenRead(path);
        return new StreamReader(
            path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file);
    }

    private static string? Next(StreamReader reader, string path, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (InvalidDataException e)
        {
            throw DatasetException.At(path, number, "gzip data", $"damaged data ({e.Message.TrimEnd('.')}); download the file again");
        }
    }
}
