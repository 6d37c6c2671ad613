using System.Globalization;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Acquisition.Hub;

/// <summary>Represents the hub's description of a file before it is downloaded.</summary>
/// <param name="Path">The path inside the repository. It comes from the list of model files, never from the server.</param>
/// <param name="Commit">The commit that responded, or <see langword="null"/> if a mirror does not send it.</param>
/// <param name="Size">The size in bytes, or <see langword="null"/> if it is not known.</param>
/// <param name="Digest">The digest of the content, or <see langword="null"/> if it is not known.</param>
internal sealed record RemoteFile(string Path, string? Commit, long? Size, ContentDigest? Digest)
{
    /// <summary>
    /// Adds the values of one response. Earlier values win, because the hub responds before the servers that it redirects to.
    /// </summary>
    public RemoteFile With(HttpResponseMessage answer)
    {
        var redirected = (int)answer.StatusCode is >= 300 and < 400;
        var commit = Header(answer, "X-Repo-Commit");
        return this with
        {
            Commit = Commit ?? (commit is not null && HubName.IsCommit(commit) ? commit : null),
            Size = Size ?? Number(Header(answer, "X-Linked-Size")) ?? (redirected ? null : answer.Content.Headers.ContentLength),
            Digest = Digest ?? ContentDigest.FromETag(Header(answer, "X-Linked-ETag"))
                ?? (redirected ? null : ContentDigest.FromETag(answer.Headers.ETag?.Tag)),
        };
    }

    /// <exception cref="HubException">The size is one that such a file cannot have.</exception>
    public RemoteFile ThrowIfTooLarge() => Size <= ModelFiles.MaximumSize(Path) || Size is null
        ? this
        : throw TooLarge(string.Create(CultureInfo.InvariantCulture, $"The hub declares {Size} bytes for {Path}"));

    /// <summary>Creates the exception for a file that is larger than such a file can be.</summary>
    public HubException TooLarge(string found) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{found}. At most {ModelFiles.MaximumSize(Path)} are expected. Check the repository's name and the hub's address."));

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.First() : null;

    private long? Number(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new HubException(
                $"The hub sent '{(value.Length > 40 ? value[..40] + "…" : value)}' as the size of {Path} (X-Linked-Size). "
                + "A number of bytes is expected.");
    }
}
