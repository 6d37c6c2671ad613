using System.Globalization;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Extensions.AI;

namespace Jina.Embeddings.AspNetCore.Limits;

/// <summary>What is refused because of a request's tokens, as the model's own tokenizer counts them.</summary>
/// <param name="maxTokens">The most tokens of a request.</param>
internal sealed class TokenLimits(int maxTokens)
{
    /// <summary>Tells whether a request may have too many tokens, so that they must be counted: few inputs cannot.</summary>
    public bool MustCount(EmbeddingRequest request, T5Tokenizer tokenizer) => (long)request.InputCount * tokenizer.MaxTokens > maxTokens;

    /// <summary>Counts each input as the model sees it: cut at its limit, the end token included.</summary>
    /// <exception cref="RefusedException">There are too many.</exception>
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
            throw new RefusedException(new Refusal(
                RefusalKind.TooManyTokens, string.Create(CultureInfo.InvariantCulture, $"The inputs of this request have more than {maxTokens} tokens together; send fewer in one request."), "input"));
        }
    }

    /// <exception cref="RefusedException">An id is none of the model's.</exception>
    public static void ThrowIfForeign(IReadOnlyList<IReadOnlyList<int>> tokenIds, T5Tokenizer tokenizer)
    {
        for (var i = 0; i < tokenIds.Count; i++)
        {
            foreach (var id in tokenIds[i])
            {
                if (id < 0 || id >= tokenizer.VocabularySize)
                {
                    throw RefusedException.InvalidBody(
                        string.Create(CultureInfo.InvariantCulture, $"Token id {id} in input {i} is outside this model's vocabulary, 0 to {tokenizer.VocabularySize - 1}. ")
                        + "Ids must come from this model's own tokenizer, not from another's such as tiktoken. Send texts instead; LangChain's OpenAIEmbeddings does with check_embedding_ctx_length=False.",
                        "input");
                }
            }
        }
    }

    /// <summary>Names the first input that the model cannot read whole; null where there is none.</summary>
    public static Refusal? FindTooLong(EmbeddingRequest request, T5Tokenizer tokenizer)
    {
        for (var i = 0; i < request.InputCount; i++)
        {
            var tokens = request.Texts is not { } texts ? Count(request.TokenIds![i], tokenizer)
                : tokenizer.Encode(texts[i]).Truncated ? tokenizer.CountTokens(texts[i])
                : 0;
            if (tokens > tokenizer.MaxTokens)
            {
                return new Refusal(
                    RefusalKind.InputTooLong,
                    string.Create(CultureInfo.InvariantCulture, $"Input {i} has {tokens} tokens and exceeds the model's maximum of {tokenizer.MaxTokens} tokens. Split it, or send \"truncate\": true."),
                    "input");
            }
        }

        return null;
    }

    /// <summary>Counts ids with the end token, which the model gets in any case.</summary>
    private static int Count(IReadOnlyList<int> ids, T5Tokenizer tokenizer) =>
        ids is [.., var last] && last == tokenizer.EndOfSequenceId ? ids.Count : ids.Count + 1;
}
