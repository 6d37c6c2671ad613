using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Jina.Extensions.AI.Tests.Acquisition.Hub;

/// <summary>A file that the hub serves: itself where it is small, by way of the content store where it is large.</summary>
internal sealed record HubFile(string Path, byte[] Content, bool IsLarge)
{
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
