using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Jina.Testing.Hub;

/// <summary>A file that the hub serves: itself where it is small, by way of the content store where it is large.</summary>
public sealed record HubFile(string Path, byte[] Content, bool IsLarge)
{
    /// <summary>The files of a model's folder, as a repository would hold them: without what the library puts beside them.</summary>
    public static IReadOnlyList<HubFile> Of(string folder) =>
    [
        .. from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
           let path = System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/')
           where !path.StartsWith("jina-encoder-", StringComparison.Ordinal)
           let content = File.ReadAllBytes(file)
           select new HubFile(path, content, IsLarge: content.Length > 100_000),
    ];

    /// <summary>Gets the digest of the whole content.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));

    /// <summary>Gets the digest that the hub gives: SHA-256 for large files, git's blob id for small ones.</summary>
    public string Digest => IsLarge ? Sha256 : GitBlobId(Content);

    private static string GitBlobId(byte[] content)
    {
        var header = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {content.Length}\0"));
#pragma warning disable CA5350 // The hub's own digest of small files.
        return Convert.ToHexStringLower(SHA1.HashData([.. header, .. content]));
#pragma warning restore CA5350
    }
}
