namespace Jina.Extensions.AI.Scheduling;

/// <summary>Represents what a caller asked for in one call: the unit of fairness and of cancellation.</summary>
/// <remarks>Texts are read in windows. Earlier windows run while the next one is read, so a request's memory is bounded.</remarks>
internal sealed class EmbeddingRequest : IDisposable
{
    /// <summary>The number of windows that run while the next one is read.</summary>
    private const int WindowsInProgress = 2;

    private readonly CancellationToken _callerToken;
    private readonly CancellationTokenSource _leaving;
    private readonly OutputCheck? _outputs;
    private long _completed;

    /// <summary>Initializes a request.</summary>
    /// <param name="outputs">The check of the vectors. If <see langword="null"/>, the caller checks what it makes from them.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public EmbeddingRequest(OutputCheck? outputs, CancellationToken cancellationToken)
    {
        _outputs = outputs;
        _callerToken = cancellationToken;
        _leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        CancellationToken = _leaving.Token;
    }

    /// <summary>Gets the token that is canceled when the caller cancels or stops reading.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Gets a value indicating whether the times of windows are recorded.</summary>
    public bool IsTraced { get; init; }

    /// <summary>Gets or sets the turn in which the request was last served, or 0 before the first time. The queue maintains it.</summary>
    public long LastTurn { get; set; }

    /// <summary>Embeds tokenized texts.</summary>
    /// <param name="texts">The texts. They are enumerated once, on any thread, a few windows ahead of the results.</param>
    /// <param name="count">The number of texts, or 0 if it is not known without enumerating them.</param>
    /// <param name="scheduler">The scheduler that runs the texts.</param>
    /// <returns>The completed windows, in the order of the texts.</returns>
    /// <exception cref="JinaModelException">A vector is not finite, or has only zeros.</exception>
    public async IAsyncEnumerable<TextWindow> EmbedAsync(IAsyncEnumerable<T5Encoding> texts, int count, EmbeddingScheduler scheduler)
    {
        using var registration = CancellationToken.Register(() => scheduler.Cancel(this));
        var reader = new WindowReader(this, texts, count);
        var inProgress = new Queue<TextWindow>();
        await scheduler.EnterAsync(_callerToken).ConfigureAwait(false);
        try
        {
            while (!reader.IsAtEnd || inProgress.Count > 0)
            {
                if (!reader.IsAtEnd)
                {
                    await Task.Run(() => Read(reader), _callerToken).ConfigureAwait(false);
                }

                if (reader.TakeWindow(evenIfNotFull: inProgress.Count < WindowsInProgress) is { } window)
                {
                    inProgress.Enqueue(window);
                    scheduler.Add(window);
                }

                inProgress.TryPeek(out var oldest);
                var mayReadOn = !reader.IsAtEnd && inProgress.Count <= WindowsInProgress;

                // Vectors that are ready do not wait for a source that is not ready.
                if (mayReadOn && !await CompletesBeforeSourceAsync(oldest, reader).ConfigureAwait(false))
                {
                    continue;
                }

                if (oldest is null)
                {
                    break;
                }

                await CompleteAsync(oldest).ConfigureAwait(false);
                inProgress.Dequeue();
                Check(oldest);
                yield return oldest;
            }
        }
        finally
        {
            if (!reader.IsAtEnd || inProgress.Count > 0)
            {
                await _leaving.CancelAsync().ConfigureAwait(false);
            }

            scheduler.Leave(this);
            await reader.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => _leaving.Dispose();

    /// <summary>Waits until the source is ready or a window completes. Returns whether the window was first.</summary>
    private async ValueTask<bool> CompletesBeforeSourceAsync(TextWindow? window, WindowReader reader)
    {
        if (reader.PendingMove is not { } move)
        {
            return false;
        }

        await Task.WhenAny(move, window?.Completion ?? move).WaitAsync(_callerToken).ConfigureAwait(false);
        return window is { Completion.IsCompleted: true };
    }

    private void Read(WindowReader reader)
    {
        try
        {
            reader.Read();
        }
        catch (OperationCanceledException e) when (_callerToken.IsCancellationRequested)
        {
            throw ForCaller(e);
        }
    }

    private async Task CompleteAsync(TextWindow window)
    {
        try
        {
            await window.Completion.WaitAsync(_callerToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (_callerToken.IsCancellationRequested)
        {
            throw ForCaller(e);
        }
    }

    /// <summary>Returns an exception with the caller's own token, because the caller does not know the request's token.</summary>
    private OperationCanceledException ForCaller(OperationCanceledException e) => new(e.Message, e, _callerToken);

    /// <summary>
    /// Checks the vectors here, and not where they are computed, because texts of other requests can be in the same micro-batches.
    /// </summary>
    private void Check(TextWindow window)
    {
        foreach (var vector in window.Vectors)
        {
            _outputs?.Apply(vector, _completed++);
        }
    }
}
