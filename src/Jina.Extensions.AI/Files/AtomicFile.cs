namespace Jina.Extensions.AI.Files;

/// <summary>Writes files so that another process sees the old one or the new one, never a part.</summary>
internal static class AtomicFile
{
    /// <summary>Lets <paramref name="write"/> make a temporary file beside <paramref name="path"/>, then renames it.</summary>
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
