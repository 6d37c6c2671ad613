using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Acquisition.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition;

public class ContentDigestTests
{
    [Theory]
    [InlineData("\"d60acb128cf7b7f2536e8f38a5b18a05535c9e14c7a355904270e15b0945ea86\"", true)]
    [InlineData("W/\"D60ACB128CF7B7F2536E8F38A5B18A05535C9E14C7A355904270E15B0945EA86\"", true)]
    [InlineData("\"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391\"", false)]
    public void A_hash_is_a_digest(string etag, bool isSha256) => Assert.Equal(isSha256, ContentDigest.FromETag(etag)!.IsSha256);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\"abc\"")]
    [InlineData("\"d41d8cd98f00b204e9800998ecf8427e-12\"")]
    [InlineData("\"../../../../../../../../../../../../evil\"")]
    public void Any_other_value_is_not_a_digest(string? etag) => Assert.Null(ContentDigest.FromETag(etag));

    [Theory]
    [InlineData("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")] // git's ID of the empty blob
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709")] // SHA-1 of no bytes
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")] // SHA-256 of no bytes
    public void The_empty_file_has_its_well_known_hashes(string hex)
    {
        using var hasher = new ContentHasher(ContentDigest.FromETag(hex), 0);
        Assert.True(hasher.Matches());
        hasher.Append("x"u8);
        Assert.False(hasher.Matches());
    }
}
