namespace Jina.Extensions.AI.Scheduling;

/// <summary>The windows that wait, and the choice of what runs next. Not safe for concurrent use.</summary>
/// <remarks>
/// <para>A call that was never served goes first, so that a query does not wait behind an ingest; but after
/// <see cref="NewcomersInARow"/> of them the call that has waited longest has its turn, so that queries cannot starve it.</para>
/// <para>The batch is filled from the chosen window, and then from whichever windows have texts of like length.</para>
/// </remarks>
/// <param name="maxBatchTokens">The most tokens of a batch, padding included.</param>
/// <param name="changed">Is told how many texts came, or, below 0, went.</param>
internal sealed class InferenceQueue(int maxBatchTokens, Action<int> changed)
{
    /// <summary>The batches of newcomers before the others get one.</summary>
    private const int NewcomersInARow = 8;

    /// <summary>The fewest tokens of a batch that are worth a thread of its own.</summary>
    private const int FewestTokens = 64;

    private readonly List<TextWindow> _windows = [];
    private long _turn;
    private int _newcomers;

    /// <summary>Gets the number of texts that wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>Gets the tokens of the texts that wait.</summary>
    public long WaitingTokens { get; private set; }

    public void Add(TextWindow window)
    {
        _windows.Add(window);
        Change(window.Waiting, window.WaitingTokens);
    }

    /// <summary>Takes what shall run next.</summary>
    /// <param name="free">The threads that have nothing to do: what waits is divided among them.</param>
    /// <returns>A batch of at least one text, or null where nothing waits.</returns>
    public MicroBatch? Take(int free)
    {
        if (_windows.Count == 0)
        {
            return null;
        }

        var first = Next();
        first.Call.LastTurn = ++_turn;
        var share = (int)Math.Clamp(WaitingTokens / free, Math.Min(FewestTokens, maxBatchTokens), maxBatchTokens);
        var batch = new MicroBatch(share, first.NextLength);
        TakeFrom(first, batch);
        if (_windows.Exists(window => window != first))
        {
            FillUp(batch);
        }

        return batch;
    }

    /// <summary>Drops what waits of a call, and ends its windows as cancelled.</summary>
    public void Cancel(EmbeddingCall call)
    {
        foreach (var window in _windows.FindAll(window => window.Call == call))
        {
            Remove(window);
            window.Cancel();
        }
    }

    /// <summary>Drops what waits of the windows that have failed.</summary>
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

    private TextWindow Next()
    {
        var newcomer = _windows.Find(static window => window.Call.LastTurn == 0);
        var longest = _windows.Where(static window => window.Call.LastTurn > 0).MinBy(static window => window.Call.LastTurn);
        if (longest is null || (newcomer is not null && _newcomers < NewcomersInARow))
        {
            _newcomers++;
            return newcomer!;
        }

        _newcomers = 0;
        return longest;
    }

    /// <summary>Takes texts of like length from all windows: the likest first, as each difference is padding.</summary>
    private void FillUp(MicroBatch batch)
    {
        var length = batch[0].Ids.Count;
        for (var difference = 1; difference <= BatchShape.MaxPadding; difference *= 4)
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
