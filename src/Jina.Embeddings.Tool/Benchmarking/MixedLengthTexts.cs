using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>The texts that are measured where the user gives none: English words, lengths mixed as in a corpus of passages.</summary>
internal static class MixedLengthTexts
{
    /// <summary>The most tokens of a text, <c>&lt;/s&gt;</c> included; fewer where the model reads fewer.</summary>
    public const int Longest = 512;

    /// <summary>Returns the texts, equal for an equal count and vocabulary. Their mean is about 55 tokens.</summary>
    public static IReadOnlyList<string> Make(T5Tokenizer tokenizer, int count)
    {
        var texts = new CountedTexts(tokenizer);
        return Array.ConvertAll(MixedLengths.Take(count, Math.Min(Longest, tokenizer.MaxTokens)), texts.Next);
    }
}
