using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>Strings common words together to texts of a given number of tokens; the same ones in every run.</summary>
/// <remarks>
/// Pieces of a SentencePiece model for T5 do not reach over a space, so a text has the tokens of its words and the end token.
/// </remarks>
internal sealed class CountedTexts
{
    private const ulong Seed = 1;

    private readonly (string Text, int Tokens)[] _words;
    private readonly SplitMix _random = new(Seed);

    /// <summary>Counts the words' tokens.</summary>
    public CountedTexts(T5Tokenizer tokenizer) =>
        _words = [.. CommonWords.All.Select(word => (word, Tokens: tokenizer.Encode(word).AsSpan().Length - 1)).OrderBy(word => word.Tokens)];

    /// <summary>
    /// Returns another text of this many tokens, <c>&lt;/s&gt;</c> included. It has fewer only where the vocabulary has no common
    /// word in one piece, as no vocabulary of English does.
    /// </summary>
    public string Next(int tokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        var words = new List<string>();
        var left = tokens - 1;
        var fitting = _words.Length;
        while (true)
        {
            while (fitting > 0 && _words[fitting - 1].Tokens > left)
            {
                fitting--;
            }

            if (fitting == 0)
            {
                return string.Join(' ', words);
            }

            var (word, count) = _words[_random.Below(fitting)];
            words.Add(word);
            left -= count;
        }
    }
}
