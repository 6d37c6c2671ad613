using System.Globalization;

namespace Jina.Evaluation.Datasets;

/// <summary>Reads the score of a pair.</summary>
internal static class PairScore
{
    /// <exception cref="DatasetException">It is no finite number.</exception>
    public static double Parse(string path, int line, ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && double.IsFinite(score)
            ? score
            : throw DatasetException.At(path, line, "a number as the score", $"'{text}'");
}
