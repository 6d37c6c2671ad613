using System.IO.Compression;

namespace Jina.Evaluation.Datasets;

/// <summary>Reads the lines of a text file in UTF-8, unpacked where its name ends with .gz, one by one.</summary>
/// <remarks>A line ends with LF or CRLF; a byte order mark is dropped.</remarks>
internal static class DataLines
{
    /// <exception cref="DatasetException">The file is missing, or its packing is damaged.</exception>
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
            throw new DatasetException($"{path}: There is no such file.");
        }

        Stream file = File.OpenRead(path);
        return new StreamReader(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file);
    }

    private static string? Next(StreamReader reader, string path, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (InvalidDataException e)
        {
            throw DatasetException.At(path, number, "gzip data", $"damage ({e.Message.TrimEnd('.')}); get the file again");
        }
    }
}
