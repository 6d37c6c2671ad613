using System.Text.Json;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.Extensions.AI.Graph;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Graph;

public sealed class RelativePositionsTests
{
    [Fact]
    public void Buckets_match_the_reference()
    {
        using var fixture = JsonDocument.Parse(File.ReadAllBytes(
            RepositoryFiles.Path("tests", "Jina.Extensions.AI.Tests", "Graph", "Fixtures", "relative-buckets.json")));

        Assert.All(fixture.RootElement.EnumerateArray(), table =>
        {
            var first = table.GetProperty("firstOffset").GetInt32();
            var buckets = table.GetProperty("buckets").GetInt32();
            var maxDistance = table.GetProperty("maxDistance").GetInt32();
            int[] expected = [.. table.GetProperty("values").EnumerateArray().Select(value => value.GetInt32())];

            var actual = Enumerable.Range(first, expected.Length).Select(offset => RelativePositions.Bucket(offset, buckets, maxDistance));
            Assert.Equal(expected, actual);
        });
    }

    [Theory]
    [InlineData(32, 128)]
    [InlineData(8, 128)]
    [InlineData(32, 9)]
    public void Buckets_are_constant_beyond_the_table(int buckets, int maxDistance)
    {
        var config = new T5Config
        {
            VocabularySize = 1,
            HiddenSize = 1,
            LayerCount = 1,
            HeadCount = 1,
            HeadSize = 1,
            FeedForwardSize = 1,
            GatedGelu = false,
            RelativeAttentionBuckets = buckets,
            RelativeAttentionMaxDistance = maxDistance,
        };
        var reach = RelativePositions.Reach(config);
        var table = RelativePositions.BucketTable(config);

        Assert.Equal((2 * reach) + 1, table.Length);
        Assert.All(Enumerable.Range(reach, 1000), distance =>
        {
            Assert.Equal(table[^1], RelativePositions.Bucket(distance, buckets, maxDistance));
            Assert.Equal(table[0], RelativePositions.Bucket(-distance, buckets, maxDistance));
        });
    }
}
