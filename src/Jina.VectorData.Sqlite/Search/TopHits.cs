namespace Jina.VectorData.Sqlite.Search;

/// <summary>Keeps the best of many hits; of equally good ones, those with the lower id, which were stored earlier.</summary>
internal sealed class TopHits(int count, bool higherIsBetter)
{
    private readonly PriorityQueue<Hit, Hit> _kept = new(higherIsBetter ? WorstFirstOfHigh : WorstFirstOfLow);
    private Hit _worst;

    private static readonly Comparer<Hit> WorstFirstOfHigh = Comparer<Hit>.Create((a, b) => a.Score != b.Score ? a.Score.CompareTo(b.Score) : b.Id.CompareTo(a.Id));
    private static readonly Comparer<Hit> WorstFirstOfLow = Comparer<Hit>.Create((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : b.Id.CompareTo(a.Id));

    public void Add(long id, double score)
    {
        if (_kept.Count < count)
        {
            _kept.Enqueue(new Hit(id, score), new Hit(id, score));
        }
        else if (_kept.Comparer.Compare(new Hit(id, score), _worst) > 0)
        {
            _kept.EnqueueDequeue(new Hit(id, score), new Hit(id, score));
        }
        else
        {
            return;
        }

        _worst = _kept.Peek();
    }

    public void Add(TopHits others)
    {
        foreach (var (hit, _) in others._kept.UnorderedItems)
        {
            Add(hit.Id, hit.Score);
        }
    }

    /// <summary>Returns the hits, best first, and empties the collection.</summary>
    public Hit[] TakeAll()
    {
        var hits = new Hit[_kept.Count];
        for (var i = hits.Length - 1; i >= 0; i--)
        {
            hits[i] = _kept.Dequeue();
        }

        return hits;
    }
}
