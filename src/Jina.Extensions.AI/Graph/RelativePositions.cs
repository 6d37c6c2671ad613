using Jina.Extensions.AI.Checkpoints.T5;

namespace Jina.Extensions.AI.Graph;

/// <summary>Computes T5's buckets of relative positions (key minus query), for a bidirectional encoder.</summary>
/// <remarks>
/// Half of the buckets is for keys before the query, half for keys after it. In each half, the first half of the buckets is exact, and
/// the rest grow logarithmically up to the maximum distance. All larger distances share the last bucket (arXiv:1910.10683, section 2.1).
/// Logarithms are computed in single precision, as in the reference, because the borders between buckets depend on it.
/// </remarks>
internal static class RelativePositions
{
    /// <summary>Returns the distance from which all positions share a bucket, so that a table can be clipped there.</summary>
    public static int Reach(T5Config config) => config.RelativeAttentionMaxDistance;

    /// <summary>Returns the bucket of each relative position from <c>-Reach</c> to <c>+Reach</c>.</summary>
    public static long[] BucketTable(T5Config config)
    {
        var reach = Reach(config);
        var table = new long[(2 * reach) + 1];
        for (var relative = -reach; relative <= reach; relative++)
        {
            table[relative + reach] = Bucket(relative, config.RelativeAttentionBuckets, config.RelativeAttentionMaxDistance);
        }

        return table;
    }

    /// <summary>Returns the bucket of one relative position.</summary>
    public static int Bucket(int relativePosition, int buckets, int maxDistance)
    {
        var half = buckets / 2;
        var start = relativePosition > 0 ? half : 0;
        var distance = Math.Abs(relativePosition);
        var exact = half / 2;
        if (distance < exact)
        {
            return start + distance;
        }

        var scale = (float)Math.Log((double)maxDistance / exact);
        var logarithmic = exact + (int)(MathF.Log((float)distance / exact) / scale * (half - exact));
        return start + Math.Min(logarithmic, half - 1);
    }
}
