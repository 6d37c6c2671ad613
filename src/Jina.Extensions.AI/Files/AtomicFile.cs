namespace Jina.Extensions.AI.Files;

/// <summary>Writes files so that another process sees either the old file or the whole new one.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Calls <paramref name="write"/> with the name of a temporary file in the same folder, then renames that file to <paramref
    /// name="path"/>.
    /// </summary>
    public static void Write(string path, Action<string> write)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
