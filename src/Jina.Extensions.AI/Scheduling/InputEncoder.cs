namespace Jina.Extensions.AI.Scheduling;

/// <summary>Turns what callers give into the ids that the model is fed with.</summary>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="maxTokens">The most tokens of a text.</param>
/// <param name="truncation">What to do with a longer one.</param>
internal sealed class InputEncoder(T5Tokenizer tokenizer, int maxTokens, TruncationPolicy truncation)
{
    /// <param name="text">The text.</param>
    /// <param name="index">Its place among the caller's texts, for messages.</param>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="ArgumentException">The text is too long, and not to be cut.</exception>
    public T5Encoding Encode(string? text, int index)
    {
        if (text is null)
        {
#pragma warning disable CA2208 // The parameter is that of the public methods, whose texts these are.
            throw new ArgumentNullException("values", $"Text {index} is null; expected a string, which may be empty.");
#pragma warning restore CA2208
        }

        var encoding = tokenizer.Encode(text, maxTokens);
        return !encoding.Truncated || truncation == TruncationPolicy.Truncate ? encoding : throw TooLong(index, tokenizer.CountTokens(text));
    }

    /// <param name="ids">The ids of a text, with or without the end token.</param>
    /// <param name="index">Its place among the caller's texts, for messages.</param>
    /// <exception cref="ArgumentNullException">There are no ids.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id is none of the vocabulary's.</exception>
    /// <exception cref="ArgumentException">There are too many ids, and they are not to be cut.</exception>
    public T5Encoding Encode(IReadOnlyList<int>? ids, int index)
    {
#pragma warning disable CA2208 // The parameter is that of the public method, whose ids these are.
        if (ids is null)
        {
            throw new ArgumentNullException("tokenIds", $"Text {index} is null; expected a list of token ids, which may be empty.");
        }

        for (var i = 0; i < ids.Count; i++)
        {
            if (ids[i] < 0 || ids[i] >= tokenizer.VocabularySize)
            {
                throw new ArgumentOutOfRangeException("tokenIds", ids[i], $"Id {i} of text {index} is {ids[i]}; expected 0 to {tokenizer.VocabularySize - 1}, ids of this model's own tokenizer.");
            }
        }
#pragma warning restore CA2208

        var own = ids is [.., var last] && last == tokenizer.EndOfSequenceId ? ids.Count - 1 : ids.Count;
        var truncated = own >= maxTokens;
        if (truncated && truncation == TruncationPolicy.Throw)
        {
            throw TooLong(index, own + 1);
        }

        return new T5Encoding([.. ids.Take(Math.Min(own, maxTokens - 1)), tokenizer.EndOfSequenceId], truncated);
    }

    private ArgumentException TooLong(int index, int tokens) => new(
        $"Text {index} has {tokens} tokens, more than the {maxTokens} allowed. Split it, or set the truncation policy to {nameof(TruncationPolicy.Truncate)}.");
}
