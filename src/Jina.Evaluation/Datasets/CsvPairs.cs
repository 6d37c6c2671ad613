using nietras.SeparatedValues;

namespace Jina.Evaluation.Datasets;

/// <summary>Pairs as comma-separated values without a heading: sentence, sentence, score, quoted as RFC 4180 has it.</summary>
internal static class CsvPairs
{
    private const int Columns = 3;

    /// <exception cref="DatasetException">A line is something else.</exception>
    public static List<SentencePair> Read(string path)
    {
        var pairs = new List<SentencePair>();
        using var reader = Sep.New(',').Reader(options => options with { HasHeader = false, Unescape = true, DisableColCountCheck = true }).FromFile(path);
        var next = 1;
        foreach (var row in reader)
        {
            // Counted here, since the reader's own count is off by one in the first row of a file without a heading.
            var line = next;
            next += 1 + row.Span.Count('\n');
            if (row.ColCount == 1 && row.Span.IsWhiteSpace())
            {
                continue;
            }

            if (row.ColCount != Columns)
            {
                throw DatasetException.At(path, line, "sentence, sentence and score with commas between", $"{row.ColCount} columns");
            }

            pairs.Add(new SentencePair(row[0].ToString(), row[1].ToString(), PairScore.Parse(path, line, row[2].Span)));
        }

        return pairs;
    }
}
