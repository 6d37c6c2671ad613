using Jina.Extensions.AI.Diagnostics;

namespace Jina.Extensions.AI.Scheduling;

/// <summary>Reads a request's texts and divides them into windows.</summary>
/// <param name="request">The request.</param>
/// <param name="texts">The request's texts.</param>
/// <param name="count">The number of texts, or 0 if it is not known without enumerating them.</param>
internal sealed class WindowReader(EmbeddingRequest request, IAsyncEnumerable<T5Encoding> texts, int count) : IAsyncDisposable
{
    /// <summary>The most texts of a window: enough that texts of similar length meet.</summary>
    private const int WindowTexts = 2048;

    /// <summary>The number of tokens that fill a window.</summary>
    private const int WindowTokens = 32768;

    /// <summary>The time that disposal waits for a source that ignores its cancellation token.</summary>
    private static readonly TimeSpan DisposalWait = TimeSpan.FromSeconds(1);

    private IAsyncEnumerator<T5Encoding>? _source;
    private List<T5Encoding>? _window;
    private int _windowTokens;
    private DateTime _windowStarted;
    private int _read;

    /// <summary>Gets a value indicating whether all texts were read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Gets the unfinished move to the next text, or <see langword="null"/> if the source is ready.</summary>
    public Task<bool>? PendingMove { get; private set; }

    /// <summary>Reads until the window is full, the source is not ready, or the source ends.</summary>
    public void Read()
    {
        if (_window is null && request.IsTraced)
        {
            _windowStarted = DateTime.UtcNow;
        }

        _source ??= texts.GetAsyncEnumerator(request.CancellationToken);
        while (!IsFull && TryMoveNext(_source))
        {
            request.CancellationToken.ThrowIfCancellationRequested();
            _window ??= new List<T5Encoding>(Math.Clamp(count - _read, 0, WindowTexts));
            _window.Add(_source.Current);
            _windowTokens += _source.Current.Ids.Count;
            _read++;
        }
    }

    /// <summary>Returns the window that was read, or <see langword="null"/> if it is empty or more texts should join it.</summary>
    /// <param name="evenIfNotFull">Whether a window is returned that is not full because the source is not ready.</param>
    public TextWindow? TakeWindow(bool evenIfNotFull)
    {
        if (_window is null || !(IsFull || IsAtEnd || evenIfNotFull))
        {
            return null;
        }

        var window = new TextWindow(request, _window) { Times = request.IsTraced ? new WindowTimes(_windowStarted) : null };
        (_window, _windowTokens) = (null, 0);
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        var disposal = DisposeSourceAsync();
        if (!disposal.IsCompleted)
        {
            await Task.WhenAny(disposal, Task.Delay(DisposalWait)).ConfigureAwait(false);
        }

        if (disposal.IsCompleted)
        {
            await disposal.ConfigureAwait(false);
        }
    }

    private bool IsFull => _window?.Count >= WindowTexts || _windowTokens >= WindowTokens;

    private bool TryMoveNext(IAsyncEnumerator<T5Encoding> source)
    {
        if (IsAtEnd)
        {
            return false;
        }

        var move = PendingMove is { } pending ? new ValueTask<bool>(pending) : source.MoveNextAsync();
        if (!move.IsCompleted)
        {
            PendingMove = move.AsTask();
            return false;
        }

        PendingMove = null;
        IsAtEnd = !move.GetAwaiter().GetResult();
        return !IsAtEnd;
    }

    private async Task DisposeSourceAsync()
    {
        if (PendingMove is { } move)
        {
            // A source cannot be disposed while it moves. The request's token asked it to stop.
            await ((Task)move).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_source is not null)
        {
            await _source.DisposeAsync().ConfigureAwait(false);
        }
    }
}
