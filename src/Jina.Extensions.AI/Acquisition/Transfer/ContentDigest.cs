using System.Text.RegularExpressions;

namespace Jina.Extensions.AI.Acquisition.Transfer;

/// <summary>What the hub's ETag tells of a file's content.</summary>
/// <param name="Hex">
/// 64 digits: the SHA-256, which the hub gives for large files. 40 digits: git's SHA-1 of a blob, which it gives for
/// small ones, or the plain SHA-1, which some mirrors give.
/// </param>
internal sealed partial record ContentDigest(string Hex)
{
    public bool IsSha256 => Hex.Length == 64;

    /// <summary>Returns the digest, or null for an ETag that is only an opaque mark.</summary>
    public static ContentDigest? FromETag(string? etag) =>
        etag is not null && Pattern().Match(etag) is { Success: true } match ? new(match.Groups[1].Value.ToLowerInvariant()) : null;

    [GeneratedRegex("""\A(?:W/)?"?([0-9a-fA-F]{64}|[0-9a-fA-F]{40})"?\z""")]
    private static partial Regex Pattern();
}
