using System.Globalization;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Extensions.AI;

namespace Jina.Embeddings.AspNetCore.Limits;

/// <summary>Checks the tokens of a request, as the model's own tokenizer counts them.</summary>
/// <param name="maxTokens">The maximum number of tokens of a request.</param>
internal sealed class TokenLimits(int maxTokens)
{
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
            var message = string.Create(
                CultureInfo.InvariantCulture,
                $"The inputs of this request have more than {maxTokens} tokens in total. Send fewer inputs per request.");
            throw new RejectedException(new Rejection(RejectionKind.TooManyTokens, message, "input"));
        }
    }

    /// <summary>Checks that all token IDs are in the model's vocabulary.</summary>
    /// <exception cref="RejectedException">A token ID is outside the vocabulary.</exception>
    public static void ThrowIfOutsideVocabulary(IReadOnlyList<IReadOnlyList<int>> tokenIds, T5Tokenizer tokenizer)
    {
        for (var i = 0; i < tokenIds.Count; i++)
        {
            foreach (var id in tokenIds[i])
            {
                if (id < 0 || id >= tokenizer.VocabularySize)
                {
                    var found = string.Create(CultureInfo.InvariantCulture, $"Token ID {id} in input {i}");
                    throw RejectedException.InvalidBody(
                        $"{found} is outside this model's vocabulary (0 to {tokenizer.VocabularySize - 1}). "
                        + "Token IDs must come from this model's own tokenizer, not from another tokenizer such as tiktoken. "
                        + "Send texts instead. LangChain's OpenAIEmbeddings sends texts with check_embedding_ctx_length=False.",
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

    /// <summary>Counts the tokens of a text that is too long, and returns 0 for all others.</summary>
    private static int CountIfTruncated(string text, T5Tokenizer tokenizer) =>
        tokenizer.Encode(text).Truncated ? tokenizer.CountTokens(text) : 0;

    /// <summary>Counts token IDs with the end token, which the model always gets.</summary>
    private static int Count(IReadOnlyList<int> ids, T5Tokenizer tokenizer) =>
        ids is [.., var last] && last == tokenizer.EndOfSequenceId ? ids.Count : ids.Count + 1;
}
