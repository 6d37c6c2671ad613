namespace Jina.Evaluation.Datasets;

/// <summary>Reads pairs from tab-separated values. Quotes are ordinary characters.</summary>
internal static class TabbedPairs
{
    /// <summary>
    /// Reads the released files of the STS Benchmark: genre, file, year, ID, score, sentence, sentence, and sometimes sources.
    /// </summary>
    /// <exception cref="DatasetException">A line is not valid.</exception>
    public static List<SentencePair> ReadBenchmark(string path)
    {
        var pairs = new List<SentencePair>();
        foreach (var (number, text) in DataLines.Read(path))
        {
            var cells = text.Split('\t');
            if (cells is not [_, _, _, _, var score, var first, var second, ..])
            {
                throw DatasetException.At(
                    path, number, "genre, file, year, ID, score, sentence and sentence, separated by tabs", $"{cells.Length} columns");
            }

            pairs.Add(SentencePair.Parse(first, second, score, path, number));
        }

        return pairs;
    }

    /// <summary>Reads SICK.txt, whose header names the columns. The pairs of all splits count, as in MTEB.</summary>
    /// <exception cref="DatasetException">The header or a line is not valid.</exception>
    public static List<SentencePair> ReadSick(string path)
    {
        string[] wanted = ["sentence_A", "sentence_B", "relatedness_score"];
        int[]? columns = null;
        var pairs = new List<SentencePair>();
        foreach (var (number, text) in DataLines.Read(path))
        {
            var cells = text.Split('\t');
            if (columns is null)
            {
                columns = [.. wanted.Select(name => Array.IndexOf(cells, name))];
                if (columns.Contains(-1))
                {
                    throw DatasetException.At(path, number, $"a header with {string.Join(", ", wanted)}", $"'{text}'");
                }
            }
            else if (cells.Length <= columns.Max())
            {
                throw DatasetException.At(path, number, $"at least {columns.Max() + 1} columns, separated by tabs", $"{cells.Length}");
            }
            else
            {
                pairs.Add(SentencePair.Parse(cells[columns[0]], cells[columns[1]], cells[columns[2]], path, number));
            }
        }

        return pairs;
    }
}
