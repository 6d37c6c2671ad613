using Jina.Testing.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition.Hub;

/// <summary>Writes a Hugging Face cache like its own libraries: blobs named by digest, and snapshots of symbolic links.</summary>
internal static class SnapshotFolder
{
    public static string Write(string cache, string repository, string commit, IEnumerable<HubFile> files)
    {
        var folder = Path.Combine(cache, "models--" + repository.Replace("/", "--", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(folder, "refs"));
        Directory.CreateDirectory(Path.Combine(folder, "blobs"));
        File.WriteAllText(Path.Combine(folder, "refs", "main"), commit);
        foreach (var file in files)
        {
            var blob = Path.Combine(folder, "blobs", file.Digest);
            File.WriteAllBytes(blob, file.Content);
            var link = Path.Combine(folder, "snapshots", commit, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            File.CreateSymbolicLink(link, Path.GetRelativePath(Path.GetDirectoryName(link)!, blob));
        }

        return folder;
    }
}
