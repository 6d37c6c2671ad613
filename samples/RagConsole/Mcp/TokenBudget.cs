using Jina.Extensions.AI;

namespace RagConsole.Mcp;

/// <summary>Keeps the text of a result within a number of tokens, counted with the tokenizer of the embedding model.</summary>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="limit">The number of tokens.</param>
internal sealed class TokenBudget(T5Tokenizer tokenizer, int limit)
{
    /// <summary>The most tokens that a text result of a tool has.</summary>
    public const int ResultTokens = 4000;

    /// <summary>Limits the characters too, because white space has no tokens. A token of English has about four characters.</summary>
    private const int MaxCharactersPerToken = 16;

    private int _left = limit;

    /// <summary>Takes a text if it fits.</summary>
    public bool TryTake(string text)
    {
        if (text.Length > (long)_left * MaxCharactersPerToken)
        {
            return false;
        }

        var count = tokenizer.CountTokens(text);
        if (count > _left)
        {
            return false;
        }

        _left -= count;
        return true;
    }

    /// <summary>Takes the longest beginning of a text that fits. It ends after a white space if there is one in its second half.</summary>
    public string TakeBeginning(string text)
    {
        if (TryTake(text))
        {
            return text;
        }

        var (fits, tooLong) = (0, (int)Math.Min(text.Length, ((long)_left * MaxCharactersPerToken) + 1));
        while (tooLong - fits > 1)
        {
            var middle = (fits + tooLong) / 2;
            (fits, tooLong) = tokenizer.CountTokens(text.AsSpan(0, middle)) <= _left ? (middle, tooLong) : (fits, middle);
        }

        var end = text.AsSpan(0, fits).LastIndexOfAny(" \t\r\n") + 1;
        end = end > fits / 2 ? end : fits;
        end -= end > 0 && char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
        TryTake(text[..end]);
        return text[..end];
    }
}
