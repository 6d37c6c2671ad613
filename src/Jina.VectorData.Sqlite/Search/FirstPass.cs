using Jina.VectorData.Sqlite.Quantization;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Finds the rows that a comparison of floats has to look at, by a short form of all vectors. Each thread uses its own.</summary>
internal interface IFirstPass
{
    VectorForm Form { get; }

    /// <summary>Creates an empty pass of the same query, for another thread.</summary>
    IFirstPass CreateEmpty();

    void Compare(long id, ReadOnlySpan<byte> row);

    /// <summary>Adds the rows that another pass of the same query found.</summary>
    void Add(IFirstPass other);

    /// <summary>Returns the IDs of the found rows, in ascending order.</summary>
    long[] FindIds();
}

/// <summary>Drops a row if int8 codes prove that enough others are better. So no row of the result is dropped.</summary>
/// <param name="query">The query.</param>
/// <param name="bounds">The bounds of a score by the dot product.</param>
/// <param name="count">The number of best rows.</param>
/// <param name="threshold">The worst score that is accepted, negated for distances.</param>
internal sealed class ExactPass(Int8Query query, ScoreBounds bounds, int count, double threshold) : IFirstPass
{
    private readonly Survivors _survivors = new(bounds, count, threshold);

    public VectorForm Form => VectorForm.Int8;

    public IFirstPass CreateEmpty() => new ExactPass(query, bounds, count, threshold);

    public void Compare(long id, ReadOnlySpan<byte> row) => _survivors.Add(id, query.Compare(new Int8Code(row)));

    public void Add(IFirstPass other) => _survivors.Add(((ExactPass)other)._survivors);

    public long[] FindIds() => _survivors.FindIds();
}

/// <summary>Finds the rows whose signs differ least from those of the query: many more than the hits, with most of the hits.</summary>
internal sealed class SignPass : IFirstPass
{
    private const int LeastCandidates = 1000;
    private const int CandidatesPerHit = 40;

    private readonly byte[] _query;
    private readonly int _count;
    private readonly TopHits _closest;

    /// <param name="query">The signs of the query.</param>
    /// <param name="count">The number of rows to find.</param>
    public SignPass(byte[] query, int count)
    {
        (_query, _count) = (query, count);
        _closest = new TopHits(count, higherIsBetter: false, threshold: null);
    }

    public VectorForm Form => VectorForm.Signs;

    /// <summary>Returns the number of candidates for a number of hits.</summary>
    public static int CandidatesFor(int hits) => (int)Math.Min(int.MaxValue, Math.Max(LeastCandidates, (long)CandidatesPerHit * hits));

    public IFirstPass CreateEmpty() => new SignPass(_query, _count);

    public void Compare(long id, ReadOnlySpan<byte> row) => _closest.Add(id, SignBits.CountDifferent(_query, row));

    public void Add(IFirstPass other) => _closest.Add(((SignPass)other)._closest);

    public long[] FindIds() => [.. _closest.TakeAll().Select(hit => hit.Id).Order()];
}
