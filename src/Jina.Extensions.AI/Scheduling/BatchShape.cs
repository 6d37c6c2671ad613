namespace Jina.Extensions.AI.Scheduling;

/// <summary>The rectangle that a micro-batch pads its texts to, and the rule for what may still go into it.</summary>
/// <param name="maxTokens">The most tokens, padding included; a text longer than that is a batch of its own.</param>
internal struct BatchShape(int maxTokens)
{
    /// <summary>
    /// The padding that a batch may hold: about what the fixed cost of one more run would buy instead. A run takes as
    /// long as its tokens and 10 more, in either precision (docs/performance.md).
    /// </summary>
    public const int MaxPadding = 16;

    /// <summary>Gets the number of texts.</summary>
    public int Rows { get; private set; }

    /// <summary>Gets the longest text's tokens, which every row is padded to.</summary>
    public int Length { get; private set; }

    /// <summary>Gets the texts' own tokens.</summary>
    public int Tokens { get; private set; }

    /// <summary>Gets the tokens, padding included.</summary>
    public readonly int PaddedTokens => Rows * Length;

    /// <summary>Takes a text in, if it fits.</summary>
    /// <param name="length">The text's tokens.</param>
    /// <returns>Whether it did; the first always does.</returns>
    public bool TryAdd(int length)
    {
        var longest = Math.Max(Length, length);
        var padded = (Rows + 1) * longest;
        if (Rows > 0 && (padded > maxTokens || padded - Tokens - length > MaxPadding))
        {
            return false;
        }

        Rows++;
        Length = longest;
        Tokens += length;
        return true;
    }
}
