namespace Jina.Extensions.AI.Scheduling;

/// <summary>A part of a call's texts, few enough to be planned and held at once, and what becomes of them.</summary>
internal sealed class TextWindow
{
    /// <summary>The texts, longest first and in the caller's order among equals: the negative length in the upper half, the place in the lower.</summary>
    private readonly long[] _order;

    private readonly TaskCompletionSource<float[][]> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly float[][] _vectors;
    private int _next;
    private int _missing;

    /// <param name="call">The call that the texts belong to.</param>
    /// <param name="texts">The texts' ids, in the caller's order; at least one text.</param>
    /// <param name="truncated">How many of them were cut.</param>
    public TextWindow(EmbeddingCall call, IReadOnlyList<T5Encoding> texts, int truncated)
    {
        Call = call;
        Truncated = truncated;
        Texts = texts;
        _order = new long[texts.Count];
        _vectors = new float[texts.Count][];
        _missing = texts.Count;

        for (var i = 0; i < _order.Length; i++)
        {
            _order[i] = i - ((long)texts[i].Ids.Count << 32);
            Tokens += texts[i].Ids.Count;
        }

        Array.Sort(_order);
        Waiting = texts.Count;
        WaitingTokens = Tokens;
    }

    public EmbeddingCall Call { get; }

    /// <summary>Gets when the window was made, as a timestamp of <see cref="System.Diagnostics.Stopwatch"/>; it is queued at once.</summary>
    public long Queued { get; } = System.Diagnostics.Stopwatch.GetTimestamp();

    /// <summary>Gets the texts' ids, in the caller's order.</summary>
    public IReadOnlyList<T5Encoding> Texts { get; }

    /// <summary>Gets how many texts were cut.</summary>
    public int Truncated { get; }

    /// <summary>Gets the tokens of all texts.</summary>
    public int Tokens { get; }

    /// <summary>Gets the number of texts that nobody has taken yet.</summary>
    public int Waiting { get; private set; }

    /// <summary>Gets the tokens of the texts that nobody has taken yet.</summary>
    public int WaitingTokens { get; private set; }

    /// <summary>Gets the tokens of the text to be taken next: the longest that waits.</summary>
    public int NextLength => Texts[(int)_order[_next]].Ids.Count;

    /// <summary>Gets the vectors in the caller's order; faults with the first failure.</summary>
    public Task<float[][]> Completion => _completion.Task;

    /// <summary>Takes the next text out.</summary>
    /// <returns>Its place in the caller's order.</returns>
    public int Take()
    {
        var index = (int)_order[_next++];
        Waiting--;
        WaitingTokens -= Texts[index].Ids.Count;
        return index;
    }

    /// <summary>Puts a text's vector in its place; the last one completes the window.</summary>
    public void Complete(int index, float[] vector)
    {
        _vectors[index] = vector;
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            _completion.TrySetResult(_vectors);
        }
    }

    /// <summary>Ends the window with a failure, unless it has ended.</summary>
    public void Fail(Exception failure)
    {
        _completion.TrySetException(failure);

        // Where an earlier window of the call has failed, nobody asks for this one.
        _ = _completion.Task.Exception;
    }

    /// <summary>Ends the window as its caller wished, unless it has ended.</summary>
    public void Cancel() => _completion.TrySetCanceled(Call.CancellationToken);
}
