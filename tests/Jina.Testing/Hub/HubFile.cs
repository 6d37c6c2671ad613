using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Jina.Testing.Hub;

/// <summary>Represents a file of the hub. The hub serves small files itself, and redirects to the content store for large ones.</summary>
public sealed record HubFile(string Path, byte[] Content, bool IsLarge)
{
    /// <summary>Returns the files of a model directory as in a repository, without files that the library created.</summary>
    public static IReadOnlyList<HubFile> Of(string folder) =>
    [
        .. from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
           let path = System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/')
           where !path.StartsWith("jina-encoder-", StringComparison.Ordinal)
           let content = File.ReadAllBytes(file)
           select new HubFile(path, content, IsLarge: content.Length > 100_000),
    ];

    /// <summary>Gets the digest of the content.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));

    /// <summary>Gets the digest that the hub returns: SHA-256 for large files, the git blob ID for small ones.</summary>
    public string Digest => IsLarge ? Sha256 : GitBlobId(Content);

    private static string GitBlobId(byte[] content)
    {
        var header = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {content.Length}\0"));
#pragma warning disable CA5350 // The hub uses this digest for small files.
        return Convert.ToHexStringLower(SHA1.HashData([.. header, .. content]));
#pragma warning restore CA5350
    }
}
