namespace Jina.Extensions.AI.Scheduling;

/// <summary>Holds the windows that wait, and chooses what runs next. Not safe for concurrent use.</summary>
/// <remarks>
/// <para>A request that was never served goes first, so that a query does not wait behind an ingest. After
/// <see cref="NewRequestsInARow"/> of them, the request that has waited longest gets its turn, so that queries cannot starve it.</para>
/// <para>A micro-batch is filled from the chosen window first, and then from all windows with texts of similar length.</para>
/// </remarks>
/// <param name="maxBatchTokens">The most tokens of a micro-batch, padding included.</param>
/// <param name="changed">A callback with the number of texts that were added (positive) or removed (negative).</param>
internal sealed class InferenceQueue(int maxBatchTokens, Action<int> changed)
{
    /// <summary>The number of micro-batches for new requests before another request gets one.</summary>
    private const int NewRequestsInARow = 8;

    /// <summary>The fewest tokens of a micro-batch that justify a thread of its own.</summary>
    private const int FewestTokens = 64;

    private readonly List<TextWindow> _windows = [];
    private long _turn;
    private int _newRequests;

    /// <summary>Gets the number of texts in the queue.</summary>
    public int Waiting { get; private set; }

    /// <summary>Gets the number of tokens of the texts in the queue.</summary>
    public long WaitingTokens { get; private set; }

    /// <summary>Adds a window.</summary>
    public void Add(TextWindow window)
    {
        _windows.Add(window);
        Change(window.Waiting, window.WaitingTokens);
    }

    /// <summary>Takes the micro-batch that runs next.</summary>
    /// <param name="free">The number of free threads. The texts in the queue are divided among them.</param>
    /// <returns>A micro-batch of at least one text, or <see langword="null"/> if the queue is empty.</returns>
    public MicroBatch? Take(int free)
    {
        if (_windows.Count == 0)
        {
            return null;
        }

        var first = Next();
        first.Request.LastTurn = ++_turn;
        var share = (int)Math.Clamp(WaitingTokens / free, Math.Min(FewestTokens, maxBatchTokens), maxBatchTokens);
        var batch = new MicroBatch(share, first.NextLength);
        TakeFrom(first, batch);
        if (_windows.Exists(window => window != first))
        {
            FillUp(batch);
        }

        return batch;
    }

    /// <summary>Determines whether the requests that were never served have few tokens together.</summary>
    public bool HasQuery(int maxTokens) =>
        _windows.Exists(IsNew) && _windows.Where(IsNew).Sum(static window => window.WaitingTokens) <= maxTokens;

    /// <summary>Takes texts of the first request that was never served, without those of other requests.</summary>
    /// <returns>A micro-batch, or <see langword="null"/> if <see cref="HasQuery"/> is false.</returns>
    public MicroBatch? TakeQuery(int maxTokens)
    {
        if (!HasQuery(maxTokens))
        {
            return null;
        }

        var query = _windows.Find(IsNew)!;
        query.Request.LastTurn = ++_turn;
        var batch = new MicroBatch(maxTokens, query.NextLength);
        TakeFrom(query, batch);
        return batch;
    }

    /// <summary>Removes the windows of a request and cancels them.</summary>
    public void Cancel(EmbeddingRequest request)
    {
        foreach (var window in _windows.FindAll(window => window.Request == request))
        {
            Remove(window);
            window.Cancel();
        }
    }

    /// <summary>Removes the windows that have failed.</summary>
    public void DropFailed()
    {
        foreach (var window in _windows.FindAll(static window => window.Completion.IsCompleted))
        {
            Remove(window);
        }
    }

    private void Remove(TextWindow window)
    {
        _windows.Remove(window);
        Change(-window.Waiting, -window.WaitingTokens);
    }

    private static bool IsNew(TextWindow window) => window.Request.LastTurn == 0;

    private TextWindow Next()
    {
        var newest = _windows.Find(IsNew);
        var longestWaiting = _windows.Where(static window => window.Request.LastTurn > 0).MinBy(static window => window.Request.LastTurn);
        if (longestWaiting is null || (newest is not null && _newRequests < NewRequestsInARow))
        {
            _newRequests++;
            return newest!;
        }

        _newRequests = 0;
        return longestWaiting;
    }

    /// <summary>Takes texts of similar length from all windows. The most similar come first, because each difference is padding.</summary>
    private void FillUp(MicroBatch batch)
    {
        var length = batch[0].Ids.Count;
        for (var difference = 1; difference <= MicroBatch.MaxPadding; difference *= 4)
        {
            for (var i = 0; i < _windows.Count; i++)
            {
                var window = _windows[i];
                if (Math.Abs(window.NextLength - length) <= difference)
                {
                    TakeFrom(window, batch);
                    i -= window.Waiting == 0 ? 1 : 0;
                }
            }
        }
    }

    private void TakeFrom(TextWindow window, MicroBatch batch)
    {
        var (texts, tokens) = (window.Waiting, window.WaitingTokens);
        while (batch.TryTakeFrom(window))
        {
        }

        Change(window.Waiting - texts, window.WaitingTokens - tokens);
        if (window.Waiting == 0)
        {
            _windows.Remove(window);
        }
    }

    private void Change(int texts, int tokens)
    {
        Waiting += texts;
        WaitingTokens += tokens;
        changed(texts);
    }
}
