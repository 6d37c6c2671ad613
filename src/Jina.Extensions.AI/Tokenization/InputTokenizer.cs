namespace Jina.Extensions.AI.Tokenization;

/// <summary>Turns the texts or token IDs of a request into the token IDs that the model runs on.</summary>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="maxTokens">The most tokens of a text.</param>
/// <param name="truncation">The policy for a longer text.</param>
internal sealed class InputTokenizer(T5Tokenizer tokenizer, int maxTokens, TruncationPolicy truncation)
{
    /// <summary>Tokenizes texts as they are enumerated.</summary>
    /// <exception cref="ArgumentNullException">A text is null.</exception>
    /// <exception cref="ArgumentException">A text is too long and must not be truncated.</exception>
    public IAsyncEnumerable<T5Encoding> Tokenize(IEnumerable<string> texts) => texts.Select(TokenizeText).ToAsyncEnumerable();

    /// <inheritdoc cref="Tokenize(IEnumerable{string})"/>
    public IAsyncEnumerable<T5Encoding> Tokenize(IAsyncEnumerable<string> texts) => texts.Select(TokenizeText);

    /// <summary>Checks, truncates and ends lists of token IDs as they are enumerated.</summary>
    /// <exception cref="ArgumentNullException">A list is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token ID is outside the vocabulary.</exception>
    /// <exception cref="ArgumentException">A list is too long and must not be truncated.</exception>
    public IAsyncEnumerable<T5Encoding> Tokenize(IEnumerable<IReadOnlyList<int>> tokenIds) => tokenIds.Select(FromIds).ToAsyncEnumerable();

    /// <inheritdoc cref="Tokenize(IEnumerable{IReadOnlyList{int}})"/>
    public IAsyncEnumerable<T5Encoding> Tokenize(IAsyncEnumerable<IReadOnlyList<int>> tokenIds) => tokenIds.Select(FromIds);

    private T5Encoding TokenizeText(string? text, int index)
    {
        if (text is null)
        {
#pragma warning disable CA2208 // The texts are the parameter of the public methods.
            throw new ArgumentNullException("values", $"Text {index} is null. Expected a string, which may be empty.");
#pragma warning restore CA2208
        }

        var encoding = tokenizer.Encode(text, maxTokens);
        if (encoding.Truncated && truncation == TruncationPolicy.Throw)
        {
            throw TooLong(index, tokenizer.CountTokens(text));
        }

        return encoding;
    }

    private T5Encoding FromIds(IReadOnlyList<int>? ids, int index)
    {
#pragma warning disable CA2208 // The IDs are the parameter of the public methods.
        if (ids is null)
        {
            throw new ArgumentNullException("tokenIds", $"Text {index} is null. Expected a list of token IDs, which may be empty.");
        }

        for (var i = 0; i < ids.Count; i++)
        {
            if (ids[i] < 0 || ids[i] >= tokenizer.VocabularySize)
            {
                throw new ArgumentOutOfRangeException(
                    "tokenIds",
                    ids[i],
                    $"Token ID {i} of text {index} is {ids[i]}. "
                    + $"Expected 0 to {tokenizer.VocabularySize - 1}: IDs from this model's own tokenizer.");
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
        $"Text {index} has {tokens} tokens, but at most {maxTokens} are allowed. "
        + $"Split the text, or set the truncation policy to {nameof(TruncationPolicy.Truncate)}.");
}
