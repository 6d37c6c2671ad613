using System.Diagnostics;
using Jina.Extensions.AI.Diagnostics;

namespace Jina.Extensions.AI.Scheduling;

/// <summary>Represents a part of a request's texts that is small enough to plan and hold at once, and the vectors of these texts.</summary>
internal sealed class TextWindow
{
    /// <summary>
    /// The texts, longest first and in the caller's order among equals. The upper half of a value is the negative length, the lower
    /// half the index.
    /// </summary>
    private readonly long[] _order;

    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _next;
    private int _missing;

    /// <summary>Initializes a window.</summary>
    /// <param name="request">The request that the texts belong to.</param>
    /// <param name="texts">The token IDs of the texts, in the caller's order. There is at least one text.</param>
    public TextWindow(EmbeddingRequest request, IReadOnlyList<T5Encoding> texts)
    {
        Request = request;
        Texts = texts;
        Vectors = new float[texts.Count][];
        _order = new long[texts.Count];
        _missing = texts.Count;

        for (var i = 0; i < _order.Length; i++)
        {
            _order[i] = i - ((long)texts[i].Ids.Count << 32);
            Tokens += texts[i].Ids.Count;
            Truncated += texts[i].Truncated ? 1 : 0;
        }

        Array.Sort(_order);
        Waiting = texts.Count;
        WaitingTokens = Tokens;
    }

    /// <summary>Gets the request that the texts belong to.</summary>
    public EmbeddingRequest Request { get; }

    /// <summary>Gets the time when the window was created, as a <see cref="Stopwatch"/> timestamp. It is queued at once.</summary>
    public long Queued { get; } = Stopwatch.GetTimestamp();

    /// <summary>Gets the times for the spans of a traced request, or <see langword="null"/> if it is not traced.</summary>
    public WindowTimes? Times { get; init; }

    /// <summary>Gets the token IDs of the texts, in the caller's order.</summary>
    public IReadOnlyList<T5Encoding> Texts { get; }

    /// <summary>Gets the vectors of the texts, in the caller's order. They are complete once <see cref="Completion"/> is.</summary>
    public float[][] Vectors { get; }

    /// <summary>Gets the number of truncated texts.</summary>
    public int Truncated { get; }

    /// <summary>Gets the number of tokens of all texts.</summary>
    public int Tokens { get; }

    /// <summary>Gets the number of texts that were not taken yet.</summary>
    public int Waiting { get; private set; }

    /// <summary>Gets the number of tokens of the texts that were not taken yet.</summary>
    public int WaitingTokens { get; private set; }

    /// <summary>Gets the number of tokens of the next text: the longest one that was not taken yet.</summary>
    public int NextLength => Texts[(int)_order[_next]].Ids.Count;

    /// <summary>Gets a task that completes with the last vector, or fails with the first failure.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Takes the next text and returns its index.</summary>
    public int Take()
    {
        if (_next == 0)
        {
            Times?.Take();
        }

        var index = (int)_order[_next++];
        Waiting--;
        WaitingTokens -= Texts[index].Ids.Count;
        return index;
    }

    /// <summary>Sets the vector of a text. The last vector completes the window.</summary>
    public void Complete(int index, float[] vector)
    {
        Vectors[index] = vector;
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            Times?.Complete();
            _completion.TrySetResult();
        }
    }

    /// <summary>Fails the window, unless it has already ended.</summary>
    public void Fail(Exception failure)
    {
        _completion.TrySetException(failure);

        // If an earlier window of the request failed, this exception is never awaited. Reading it marks it as observed.
        _ = _completion.Task.Exception;
    }

    /// <summary>Cancels the window, unless it has already ended.</summary>
    public void Cancel() => _completion.TrySetCanceled(Request.CancellationToken);
}
