using Jina.Extensions.AI;

namespace Jina.Benchmarks.GraphVariants;

/// <summary>Represents a batch of texts of equal length.</summary>
internal readonly record struct BatchShape(int Texts, int Length)
{
    public int Tokens => Texts * Length;

    public IEnumerable<int> Lengths => Enumerable.Repeat(Length, Texts);

    /// <summary>Returns random texts. Every call returns the same ones.</summary>
    public static T5Encoding[] RandomTexts(IEnumerable<int> lengths)
    {
        var random = new Random(1);
        return [.. lengths.Select(Text)];

        T5Encoding Text(int length) =>
            new([.. Enumerable.Range(0, length).Select(_ => random.Next(3, RandomModel.VocabularySize))], truncated: false);
    }

    public override string ToString() => $"{Texts}x{Length}";
}
