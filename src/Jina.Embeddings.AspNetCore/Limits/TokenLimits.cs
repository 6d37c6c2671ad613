using System.Globalization;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Extensions.AI;

namespace Jina.Embeddings.AspNetCore.Limits;

/// <summary>Checks the tokens of a request, as the model's own tokenizer counts them.</summary>
/// <param name="maxTokens">The maximum number of tokens of a request.</param>
internal sealed class TokenLimits(int maxTokens)
{
    private const int EndTokens = 1;

    /// <summary>Determines whether the tokens must be counted. A request with few inputs cannot exceed the limit.</summary>
    public bool MustCount(EmbeddingRequest request, T5Tokenizer tokenizer) => (long)request.InputCount * tokenizer.MaxTokens > maxTokens;

    /// <summary>Counts the tokens of each input as the model gets them: truncated, with the end token.</summary>
    /// <exception cref="RejectedException">The request has too many tokens.</exception>
    public void ThrowIfTooMany(EmbeddingRequest request, T5Tokenizer tokenizer, CancellationToken cancellationToken)
    {
        var tokens = 0L;
        for (var i = 0; i < request.InputCount && tokens <= maxTokens; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tokens += request.Texts is { } texts
                ? tokenizer.Encode(texts[i]).Ids.Count
                : Math.Min(Count(request.TokenIds![i], tokenizer), tokenizer.MaxTokens);
        }

        if (tokens > maxTokens)
        {
            throw TooMany();
        }
    }

    /// <summary>Counts the tokens of texts that are not truncated, with the end tokens. It stops at the limit.</summary>
    /// <exception cref="RejectedException">The request has too many tokens.</exception>
    public long CountWhole(IReadOnlyList<string> texts, T5Tokenizer tokenizer, CancellationToken cancellationToken)
    {
        var tokens = 0L;
        foreach (var text in texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tokens += tokenizer.Encode(text, MostOf(tokens)).Ids.Count;
            if (tokens > maxTokens)
            {
                throw TooMany();
            }
        }

        return tokens;
    }

    /// <summary>Counts the tokens of the inputs of late chunking. They are not truncated, and together they have one end token.</summary>
    /// <exception cref="RejectedException">An input has no tokens, or the request has too many tokens.</exception>
    public int CountDocument(IReadOnlyList<string> texts, T5Tokenizer tokenizer, CancellationToken cancellationToken)
    {
        var tokens = EndTokens;
        for (var i = 0; i < texts.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var own = tokenizer.Encode(texts[i], MostOf(tokens - EndTokens)).Ids.Count - EndTokens;
            if (own == 0)
            {
                throw RejectedException.InvalidValue(
                    string.Create(CultureInfo.InvariantCulture, $"input[{i}]"),
                    "a text without tokens",
                    "a text that is not empty, because late chunking computes the mean of an input's own tokens");
            }

            if (own > maxTokens - tokens)
            {
                throw TooMany();
            }

            tokens += own;
        }

        return tokens;
    }

    /// <summary>Checks that all token IDs are in the model's vocabulary.</summary>
    /// <exception cref="RejectedException">A token ID is outside the vocabulary.</exception>
    public static void ThrowIfOutsideVocabulary(IReadOnlyList<IReadOnlyList<int>> tokenIds, T5Tokenizer tokenizer)
    {
        for (var i = 0; i < tokenIds.Count; i++)
        {
            for (var index = 0; index < tokenIds[i].Count; index++)
            {
                var id = tokenIds[i][index];
                if (id < 0 || id >= tokenizer.VocabularySize)
                {
                    var found = string.Create(CultureInfo.InvariantCulture, $"Token ID {id} at index {index} of input {i}");
                    throw RejectedException.InvalidBody(
                        $"{found} is not in this model's vocabulary, the encoding of this request's token IDs. "
                        + $"Expected 0 to {tokenizer.VocabularySize - 1}. Send texts, or name the encoding in the header "
                        + $"{TokenEncodingHeader.Name}: {TokenIdEncodingNames.Expected}.",
                        "input");
                }
            }
        }
    }

    /// <summary>Returns the rejection of the first input that is longer than the model's limit, or <see langword="null"/>.</summary>
    public static Rejection? FindTooLong(EmbeddingRequest request, T5Tokenizer tokenizer)
    {
        for (var i = 0; i < request.InputCount; i++)
        {
            var tokens = request.Texts is { } texts ? CountIfTruncated(texts[i], tokenizer) : Count(request.TokenIds![i], tokenizer);
            if (tokens > tokenizer.MaxTokens)
            {
                var message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"Input {i} has {tokens} tokens and exceeds the model's maximum of {tokenizer.MaxTokens} tokens. ");
                return new Rejection(RejectionKind.InputTooLong, message + "Split it, or send \"truncate\": true.", "input");
            }
        }

        return null;
    }

    /// <summary>Returns the tokens of a text to count: the rest, and one more, which shows that there are too many.</summary>
    private int MostOf(long tokens) => (int)Math.Min(maxTokens - tokens + 1L, int.MaxValue);

    private RejectedException TooMany()
    {
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"The inputs of this request have more than {maxTokens} tokens in total. Send fewer inputs per request.");
        return new RejectedException(new Rejection(RejectionKind.TooManyTokens, message, "input"));
    }

    /// <summary>Counts the tokens of a text that is too long, and returns 0 for all others.</summary>
    private static int CountIfTruncated(string text, T5Tokenizer tokenizer) =>
        tokenizer.Encode(text).Truncated ? tokenizer.CountTokens(text) : 0;

    /// <summary>Counts token IDs with the end token, which the model always gets.</summary>
    private static int Count(IReadOnlyList<int> ids, T5Tokenizer tokenizer) =>
        ids is [.., var last] && last == tokenizer.EndOfSequenceId ? ids.Count : ids.Count + 1;
}
