namespace Jina.Extensions.AI.Acquisition.Cache;

/// <summary>Opens the files and folders that the cache writes, so that a link, a pipe or a device in their place does no harm.</summary>
/// <remarks>The cache folder itself, and the folders down to a repository, can be links: people move caches to other disks.</remarks>
internal static class CacheFile
{
    /// <summary>Opens the file of a download. Anything in its place that is not a file is replaced by a new file.</summary>
    /// <exception cref="JinaModelException">A directory is in its place.</exception>
    public static FileStream OpenForDownload(string path)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        var found = new FileInfo(path);
        var isLink = found.LinkTarget is not null;
        if (!isLink && Directory.Exists(path))
        {
            throw new JinaModelException(path, "This is a directory. A file of a download is expected. Delete the directory.");
        }

        // Pipes and devices have no length. Opening one could wait forever.
        var canResume = !isLink && found is { Exists: true, Length: > 0 };
        if (!canResume)
        {
            File.Delete(path);
        }

        // A new file is created exclusively, which fails for links. The stream has no buffer, because every write is large and written
        // bytes must survive the end of the process.
        return new FileStream(path, canResume ? FileMode.Open : FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 0);
    }

    /// <summary>Opens the lock file, which is always empty. A lock that is held by another owner is an <see cref="IOException"/>.</summary>
    /// <exception cref="JinaModelException">
    /// Something else is in its place. It is not deleted, because another owner can hold it.
    /// </exception>
    public static FileStream OpenLock(string path)
    {
        ThrowIfLink(path);
        if (Directory.Exists(path))
        {
            throw NotALock(path, "a directory");
        }

        var lockFile = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        if (!lockFile.CanSeek)
        {
            lockFile.Dispose();
            throw NotALock(path, "a pipe or a device");
        }

        return lockFile;
    }

    /// <summary>Creates a folder of a repository.</summary>
    /// <exception cref="JinaModelException">The folder is a link, so its files would be written elsewhere.</exception>
    public static void CreateFolder(string path)
    {
        ThrowIfLink(path);
        Directory.CreateDirectory(path);
    }

    private static void ThrowIfLink(string path)
    {
        if (new FileInfo(path).LinkTarget is { } target)
        {
            throw new JinaModelException(
                path,
                $"This is a symbolic link (to {target}), and downloads do not write through links. Delete the link. "
                + "To move the cache, link or choose the whole cache folder.");
        }
    }

    private static JinaModelException NotALock(string path, string found) => new(
        path, $"This is {found}. A lock file is expected. Delete it while no process uses the cache.");
}
