namespace Jina.Extensions.AI.Files;

/// <summary>Reads regular files of a model and converts system errors to exceptions that name the file.</summary>
internal static class ModelFileReader
{
    /// <exception cref="JinaModelException">The file cannot be read.</exception>
    public static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            RegularFile.Require(path);
            return read(path);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or (IOException and not JinaModelException))
        {
            throw new JinaModelException(path, $"The file cannot be read ({e.Message}). Check that it exists, and its permissions.", e);
        }
    }
}
