using System.Text;
using nietras.SeparatedValues;

namespace Jina.Evaluation.Datasets;

/// <summary>Reads pairs from comma-separated values without a header: sentence, sentence, score, quoted as in RFC 4180.</summary>
internal static class CsvPairs
{
    private const int Columns = 3;

    /// <exception cref="DatasetException">A line is not valid.</exception>
    public static List<SentencePair> Read(string path)
    {
        var pairs = new List<SentencePair>();
        var next = 1;
        using var text = DataLines.Open(path);
        try
        {
            using var reader = Sep.New(',')
                .Reader(options => options with { HasHeader = false, Unescape = true, DisableColCountCheck = true })
                .From(text);
            foreach (var row in reader)
            {
                // The reader's own line number is off by one in the first row of a file without a header.
                var line = next;
                next += 1 + row.Span.Count('\n');
                if (row.ColCount == 1 && row.Span.IsWhiteSpace())
                {
                    continue;
                }

                if (row.ColCount != Columns)
                {
                    throw DatasetException.At(path, line, "sentence, sentence and score, separated by commas", $"{row.ColCount} columns");
                }

                pairs.Add(SentencePair.Parse(row[0].ToString(), row[1].ToString(), row[2].Span, path, line));
            }
        }
        catch (DecoderFallbackException e)
        {
            throw DatasetException.NotUtf8(path, next, e);
        }

        return pairs;
    }
}
