using Jina.Extensions.AI;

namespace Jina.Benchmarking;

/// <summary>Creates texts of a given number of tokens from English words. Every run creates the same texts.</summary>
/// <remarks>
/// Pieces of a SentencePiece model for T5 do not cross spaces, so a text has the tokens of its words and the end token.
/// </remarks>
internal sealed class CountedTexts
{
    private const ulong Seed = 1;

    private readonly (string Text, int Tokens)[] _words;
    private readonly SplitMix _random = new(Seed);

    /// <summary>Initializes the texts by counting the tokens of each word.</summary>
    public CountedTexts(T5Tokenizer tokenizer) =>
        _words = [.. Words.Select(word => (word, Tokens: tokenizer.Encode(word).AsSpan().Length - 1)).OrderBy(word => word.Tokens)];

    /// <summary>
    /// Gets English words in lower case and without punctuation, so that each has the same tokens in any text. Most are common, and some
    /// have several tokens in any vocabulary.
    /// </summary>
    public static IReadOnlyList<string> Words { get; } =
        """
        a after again all also although an and any are around as at because before behind between both but by can could during
        each either every for from had has have here how if in into is it its like many may more most must near never no not
        of often on once one only or other our over she should since so some than that the their then there these they this
        those though through to under until up was we well were what when where which while who will with without would you
        your able answer appointment bank better book bring business carry century child clear cold company conversation
        country customer decide delivery direct energy enough example fall final food government ground grow heavy important
        industry keep language learn level line little local market measurement member minute money morning mushroom music
        neighbourhood notice order particular passenger password period photograph place point power present problem question
        quiet reason refrigerator region report restaurant return road season sentence several small soft software south
        spring station story strong summer system teacher temperature thing together understand unfortunately university usual
        weather window wood work write yesterday
        anemometer archaeologist barometer misunderstanding overwhelmingly unmistakably wheelbarrow windscreen
        """.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// Returns another text of this many tokens, <c>&lt;/s&gt;</c> included. It has fewer tokens only if the vocabulary has no
    /// one-token word in the list, which does not occur with an English vocabulary.
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
