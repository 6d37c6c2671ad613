using System.Globalization;

namespace Jina.Evaluation.Datasets;

/// <summary>Represents two sentences and how similar people rated them, on the scale of the data set.</summary>
internal sealed record SentencePair(string First, string Second, double Score)
{
    /// <summary>Creates a pair from the columns of a text file.</summary>
    /// <exception cref="DatasetException">The score is not a finite number.</exception>
    public static SentencePair Parse(string first, string second, ReadOnlySpan<char> score, string path, int line)
    {
        if (!double.TryParse(score, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            throw DatasetException.At(path, line, "a number as the score", $"'{score}'");
        }

        return new SentencePair(first, second, number);
    }
}
