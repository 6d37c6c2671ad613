using Jina.VectorData.Sqlite.Quantization;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Keeps the rows that can be among the best ones. A row is dropped if enough others are better by proof.</summary>
/// <param name="bounds">The bounds of a score by the dot product.</param>
/// <param name="count">The number of best rows.</param>
/// <param name="threshold">The worst score that is accepted, negated for distances.</param>
internal sealed class Survivors(ScoreBounds bounds, int count, double threshold)
{
    private readonly PriorityQueue<double, double> _worst = new();
    private readonly List<(long Id, DotRange Dot)> _rows = [];

    /// <summary>The score that a row must be able to reach.</summary>
    private double _limit = threshold;

    public void Add(long id, in DotRange dot)
    {
        if (bounds.CanReach(dot, _limit))
        {
            _rows.Add((id, dot));
            var worst = bounds.Worst(dot);
            AddWorst(double.IsNaN(worst) ? double.NegativeInfinity : worst);
        }
    }

    public void Add(Survivors others)
    {
        _rows.AddRange(others._rows);
        foreach (var (worst, _) in others._worst.UnorderedItems)
        {
            AddWorst(worst);
        }
    }

    /// <summary>Returns the IDs of the rows that are left, in ascending order.</summary>
    public long[] FindIds()
    {
        var ids = _rows.Where(row => bounds.CanReach(row.Dot, _limit)).Select(row => row.Id).ToArray();
        Array.Sort(ids);
        return ids;
    }

    private void AddWorst(double worst)
    {
        if (_worst.Count < count)
        {
            _worst.Enqueue(worst, worst);
        }
        else if (worst > _worst.Peek())
        {
            _worst.EnqueueDequeue(worst, worst);
        }

        if (_worst.Count == count)
        {
            _limit = Math.Max(_limit, _worst.Peek());
        }
    }
}
