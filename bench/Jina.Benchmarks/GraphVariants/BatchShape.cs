using Jina.Extensions.AI;

namespace Jina.Benchmarks.GraphVariants;

/// <summary>A batch of texts of one length.</summary>
internal readonly record struct BatchShape(int Texts, int Length)
{
    public int Tokens => Texts * Length;

    public IEnumerable<int> Lengths => Enumerable.Repeat(Length, Texts);

    /// <summary>Random texts, the same at every call.</summary>
    public static T5Encoding[] RandomTexts(IEnumerable<int> lengths)
    {
        var random = new Random(1);
        return [.. lengths.Select(length => new T5Encoding([.. Enumerable.Range(0, length).Select(_ => random.Next(3, RandomModel.VocabularySize))], truncated: false))];
    }

    public override string ToString() => $"{Texts}x{Length}";
}
