namespace Jina.Evaluation.Datasets;

/// <summary>Pairs as tab-separated values; a quote is a character like any other.</summary>
internal static class TabbedPairs
{
    /// <summary>Reads the released files of the STS Benchmark: genre, file, year, id, score, sentence, sentence, and sometimes sources.</summary>
    /// <exception cref="DatasetException">A line is something else.</exception>
    public static List<SentencePair> ReadBenchmark(string path)
    {
        var pairs = new List<SentencePair>();
        foreach (var (number, text) in DataLines.Read(path))
        {
            if (text.Split('\t') is not [_, _, _, _, var score, var first, var second, ..])
            {
                throw DatasetException.At(path, number, "genre, file, year, id, score, sentence and sentence with tabs between", $"{text.Split('\t').Length} columns");
            }

            pairs.Add(new SentencePair(first, second, PairScore.Parse(path, number, score)));
        }

        return pairs;
    }

    /// <summary>Reads SICK.txt, whose heading names the columns. All pairs count, of whatever part, as in MTEB.</summary>
    /// <exception cref="DatasetException">The heading or a line is something else.</exception>
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
                    throw DatasetException.At(path, number, $"a heading with {string.Join(", ", wanted)}", $"'{text}'");
                }
            }
            else if (cells.Length <= columns.Max())
            {
                throw DatasetException.At(path, number, $"at least {columns.Max() + 1} columns with tabs between", $"{cells.Length}");
            }
            else
            {
                pairs.Add(new SentencePair(cells[columns[0]], cells[columns[1]], PairScore.Parse(path, number, cells[columns[2]])));
            }
        }

        return pairs;
    }
}
