namespace Jina.Benchmarking;

/// <summary>Counts the tokens and the padding of batches. Safe for concurrent use.</summary>
internal sealed class PaddingTally
{
    private long _tokens;
    private long _positions;

    /// <summary>Gets the fraction of all positions that was padding, from 0 to below 1.</summary>
    public double Fraction => _positions == 0 ? 0 : 1 - ((double)_tokens / _positions);

    /// <summary>Gets whether no batch was counted yet.</summary>
    public bool IsEmpty => Interlocked.Read(ref _positions) == 0;

    /// <summary>Counts a batch.</summary>
    /// <param name="texts">The number of texts.</param>
    /// <param name="length">The length that each text is padded to.</param>
    /// <param name="tokens">The tokens of all texts.</param>
    public void Add(int texts, int length, long tokens) => Add(tokens, (long)texts * length);

    /// <summary>Counts positions, and how many of them are tokens of texts.</summary>
    public void Add(long tokens, long positions)
    {
        Interlocked.Add(ref _tokens, tokens);
        Interlocked.Add(ref _positions, positions);
    }

    public void Clear() => (_tokens, _positions) = (0, 0);
}
