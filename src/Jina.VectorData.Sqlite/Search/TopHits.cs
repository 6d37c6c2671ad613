namespace Jina.VectorData.Sqlite.Search;

/// <summary>Represents a row and its score.</summary>
internal readonly record struct Hit(long Id, double Score);

/// <summary>Collects the best hits. Of hits with equal scores, it keeps those with the lower IDs, which were stored earlier.</summary>
/// <param name="count">The maximum number of hits.</param>
/// <param name="higherIsBetter">Whether a higher score is better than a lower one.</param>
/// <param name="threshold">The worst score that is accepted; <see langword="null"/> for any score.</param>
internal sealed class TopHits(int count, bool higherIsBetter, double? threshold)
{
    private static readonly Comparer<Hit> WorstFirstOfHigh =
        Comparer<Hit>.Create((a, b) => a.Score != b.Score ? a.Score.CompareTo(b.Score) : b.Id.CompareTo(a.Id));

    private static readonly Comparer<Hit> WorstFirstOfLow =
        Comparer<Hit>.Create((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : b.Id.CompareTo(a.Id));

    private readonly PriorityQueue<Hit, Hit> _kept = new(higherIsBetter ? WorstFirstOfHigh : WorstFirstOfLow);
    private Hit _worst;

    public void Add(long id, double score)
    {
        // Almost all hits of a scan end here.
        if (!Reaches(score) || (_kept.Count == count && (higherIsBetter ? score < _worst.Score : score > _worst.Score)))
        {
            return;
        }

        var hit = new Hit(id, score);
        if (_kept.Count < count)
        {
            _kept.Enqueue(hit, hit);
        }
        else if (_kept.Comparer.Compare(hit, _worst) > 0)
        {
            _kept.EnqueueDequeue(hit, hit);
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

    /// <summary>Returns the hits, the best first, and removes them from the collection.</summary>
    public Hit[] TakeAll()
    {
        var hits = new Hit[_kept.Count];
        for (var i = hits.Length - 1; i >= 0; i--)
        {
            hits[i] = _kept.Dequeue();
        }

        return hits;
    }

    private bool Reaches(double score)
    {
        if (threshold is not { } limit)
        {
            return true;
        }

        return higherIsBetter ? score >= limit : score <= limit;
    }
}
