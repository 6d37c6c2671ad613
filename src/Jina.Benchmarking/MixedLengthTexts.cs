using Jina.Extensions.AI;

namespace Jina.Benchmarking;

/// <summary>Creates the default texts of a benchmark: English words, with lengths mixed as in a corpus of passages.</summary>
internal static class MixedLengthTexts
{
    /// <summary>
    /// The maximum number of tokens of a text, <c>&lt;/s&gt;</c> included. A model with a lower limit gets shorter texts.
    /// </summary>
    public const int Longest = 512;

    private const double Mean = 55;
    private const double Sigma = 0.8;
    private const ulong Seed = 55;

    private static readonly double Mu = Math.Log(Mean) - (Sigma * Sigma / 2);

    /// <summary>Creates the texts. Equal counts and vocabularies give equal texts, of about 55 tokens on average.</summary>
    public static IReadOnlyList<string> Create(T5Tokenizer tokenizer, int count) => Create(tokenizer, count, new CountedTexts(tokenizer));

    /// <summary>Creates the texts from the next ones of a source. A used source gives other texts.</summary>
    public static IReadOnlyList<string> Create(T5Tokenizer tokenizer, int count, CountedTexts source) =>
        Array.ConvertAll(Lengths(count, Math.Min(Longest, tokenizer.MaxTokens)), source.Next);

    /// <summary>
    /// Returns token counts with a log-normal distribution, as passages of a corpus have: mostly short, with a long tail. They are
    /// the quantiles of the distribution instead of random draws, so that few have the same mean and shape as many.
    /// </summary>
    private static int[] Lengths(int count, int longest)
    {
        var lengths = new int[count];
        for (var i = 0; i < count; i++)
        {
            var length = Math.Exp(Mu + (Sigma * NormalQuantile((i + 0.5) / count)));
            lengths[i] = (int)Math.Clamp(Math.Round(length), 1, longest);
        }

        Shuffle(lengths);
        return lengths;
    }

    private static void Shuffle(int[] lengths)
    {
        var random = new SplitMix(Seed);
        for (var last = lengths.Length - 1; last > 0; last--)
        {
            var other = random.Below(last + 1);
            (lengths[last], lengths[other]) = (lengths[other], lengths[last]);
        }
    }

    /// <summary>Abramowitz and Stegun 26.2.23. The error is at most 4.5e-4, which is less than a token here.</summary>
    private static double NormalQuantile(double p)
    {
        var t = Math.Sqrt(-2 * Math.Log(Math.Min(p, 1 - p)));
        var z = t - ((2.515517 + (t * (0.802853 + (t * 0.010328)))) / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308)))))));
        return p < 0.5 ? -z : z;
    }
}
