namespace Jina.Extensions.AI.Tests;

/// <summary>Changes files as other programs do.</summary>
internal static class TestFiles
{
    /// <summary>Overwrites a part of a file in place. The size and the time of the file are kept.</summary>
    public static void ChangeInPlace(string path, long offset, byte[] bytes)
    {
        var time = File.GetLastWriteTimeUtc(path);
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = offset;
            file.Write(bytes);
        }

        File.SetLastWriteTimeUtc(path, time);
    }

    /// <summary>Replaces a file by another one: the name refers to the new file, and the old file keeps its content.</summary>
    public static void Replace(string path, byte[] content)
    {
        File.WriteAllBytes($"{path}.new", content);
        File.Move($"{path}.new", path, overwrite: true);
    }
}
