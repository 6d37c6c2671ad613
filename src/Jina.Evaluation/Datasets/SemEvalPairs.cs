namespace Jina.Evaluation.Datasets;

/// <summary>Reads pairs as SemEval's STS tasks released them: a file of sentences and a file of scores, line by line.</summary>
internal static class SemEvalPairs
{
    /// <summary>
    /// Reads sentence, sentence and optional sources, separated by tabs. A pair whose line in the other file is empty was not
    /// scored and is skipped.
    /// </summary>
    /// <param name="input">The path of the sentences.</param>
    /// <param name="gold">The path of the scores.</param>
    /// <exception cref="DatasetException">A line is not valid, or the files have different numbers of lines.</exception>
    public static List<SentencePair> Read(string input, string gold)
    {
        var pairs = new List<SentencePair>();
        using var scores = DataLines.Read(gold).GetEnumerator();
        var last = 0;
        foreach (var (number, text) in DataLines.Read(input))
        {
            if (!scores.MoveNext())
            {
                throw DatasetException.At(
                    gold, number, $"a score, or an empty line, for each line of {Path.GetFileName(input)}", "the end of the file");
            }

            last = number;
            if (string.IsNullOrWhiteSpace(scores.Current.Text))
            {
                continue;
            }

            if (text.Split('\t') is not [var first, var second, ..])
            {
                throw DatasetException.At(input, number, "two sentences separated by a tab", "no tab");
            }

            pairs.Add(SentencePair.Parse(first, second, scores.Current.Text, gold, number));
        }

        if (scores.MoveNext())
        {
            throw DatasetException.At(gold, last + 1, $"as many lines as in {Path.GetFileName(input)}", "more");
        }

        return pairs;
    }
}
