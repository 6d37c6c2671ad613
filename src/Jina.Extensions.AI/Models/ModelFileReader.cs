namespace Jina.Extensions.AI.Models;

/// <summary>Reads files of a model; what the system says against it becomes an error that names the file.</summary>
internal static class ModelFileReader
{
    /// <exception cref="JinaModelException">The file cannot be read.</exception>
    public static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or (IOException and not JinaModelException))
        {
            throw new JinaModelException(path, $"the file cannot be read ({e.Message}). Check that it is there, and its permissions.", e);
        }
    }
}
