using System.Text.RegularExpressions;

namespace Jina.Extensions.AI.Acquisition.Hub;

/// <summary>Represents the digest of a file's content that the hub sends as an ETag.</summary>
/// <param name="Hex">
/// 64 digits are the SHA-256, which the hub sends for large files. 40 digits are git's SHA-1 of a blob, which it sends for small files,
/// or the plain SHA-1, which some mirrors send.
/// </param>
internal sealed partial record ContentDigest(string Hex)
{
    public bool IsSha256 => Hex.Length == 64;

    /// <summary>Returns the digest, or <see langword="null"/> if an ETag is not a digest.</summary>
    public static ContentDigest? FromETag(string? etag) =>
        etag is not null && Pattern().Match(etag) is { Success: true } match ? new(match.Groups[1].Value.ToLowerInvariant()) : null;

    [GeneratedRegex("""\A(?:W/)?"?([0-9a-fA-F]{64}|[0-9a-fA-F]{40})"?\z""")]
    private static partial Regex Pattern();
}
