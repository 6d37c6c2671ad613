using System.Globalization;
using Jina.Extensions.AI.Acquisition.Transfer;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Acquisition.Hub;

/// <summary>What the hub says of a file before it is fetched.</summary>
/// <param name="Path">The path inside the repository: ours, never the server's.</param>
/// <param name="Commit">The commit that answered, or null where a mirror does not tell.</param>
/// <param name="Size">The size in bytes, or null where it is not told.</param>
/// <param name="Digest">A digest of the content, or null where none is told.</param>
internal sealed record RemoteFile(string Path, string? Commit, long? Size, ContentDigest? Digest)
{
    /// <summary>Adds what one answer of the hub tells. Earlier answers win: the hub itself speaks before those it leads to.</summary>
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

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.First() : null;

    private static long? Number(string? value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
