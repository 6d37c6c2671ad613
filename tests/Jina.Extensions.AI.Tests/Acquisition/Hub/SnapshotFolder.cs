using Jina.Testing.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition.Hub;

/// <summary>Makes a Hugging Face cache as its own libraries do: blobs named by digest, snapshots of symlinks.</summary>
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
