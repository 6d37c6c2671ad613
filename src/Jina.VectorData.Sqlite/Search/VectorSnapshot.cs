using System.Collections.Immutable;
using Jina.VectorData.Sqlite.Storage;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>The vectors of a property in one state of a collection. Immutable.</summary>
/// <param name="State">The state.</param>
/// <param name="Dimensions">The length of the vectors.</param>
/// <param name="Parts">The vectors, by ascending row id.</param>
internal sealed record VectorSnapshot(CollectionState State, int Dimensions, ImmutableList<VectorSnapshot.Part> Parts)
{
    /// <summary>Fewer numbers than this are compared faster than a second thread starts.</summary>
    private const long NumbersPerThread = 1 << 20;

    /// <summary>The memory that the vectors take, in bytes.</summary>
    public long Bytes => Parts.Sum(part => part.Block.Bytes);

    /// <summary>Finds the nearest vectors, exactly, best first.</summary>
    /// <param name="query">What to look for.</param>
    /// <param name="among">The ascending row ids to look at; null for all.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public Hit[] Search(VectorQuery query, long[]? among, CancellationToken cancellationToken)
    {
        var vectors = among?.LongLength ?? Parts.Sum(part => (long)part.Count);
        var threads = (int)Math.Clamp(vectors * Dimensions / NumbersPerThread, 1, Environment.ProcessorCount);
        var best = query.NewHits();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, Parts.Count, options, query.NewHits, (i, _, hits) => Scan(Parts[i], query, among, hits), hits =>
        {
            lock (best)
            {
                best.Add(hits);
            }
        });
        return best.TakeAll();
    }

    private static TopHits Scan(Part part, VectorQuery query, long[]? among, TopHits hits)
    {
        if (among is null)
        {
            for (var i = 0; i < part.Count; i++)
            {
                part.Try(query, hits, i);
            }

            return hits;
        }

        var (first, last) = (part.Block.IdAt(0), part.Block.IdAt(part.Count - 1));
        var next = Array.BinarySearch(among, first);
        for (next = next < 0 ? ~next : next; next < among.Length && among[next] <= last; next++)
        {
            if (part.Block.IndexOf(among[next], part.Count) is >= 0 and var index)
            {
                part.Try(query, hits, index);
            }
        }

        return hits;
    }

    /// <summary>The first vectors of a block, without those whose rows were removed since.</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Count">How many of its vectors belong to the snapshot: at least one.</param>
    /// <param name="Removed">Which of them do not; null for none.</param>
    internal sealed record Part(VectorBlock Block, int Count, bool[]? Removed)
    {
        public void Try(VectorQuery query, TopHits hits, int index)
        {
            if (Removed is null || !Removed[index])
            {
                Block.Try(query, hits, index);
            }
        }
    }
}
