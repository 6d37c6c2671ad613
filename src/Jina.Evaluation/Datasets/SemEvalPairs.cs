namespace Jina.Evaluation.Datasets;

/// <summary>Pairs as SemEval's STS tasks released them: a file of sentences and one of scores, line by line.</summary>
internal static class SemEvalPairs
{
    /// <summary>Reads sentence, sentence and perhaps sources, with tabs between; a pair whose line of the other file is empty was not scored and is left out.</summary>
    /// <param name="input">The file of sentences.</param>
    /// <param name="gold">The file of scores.</param>
    /// <exception cref="DatasetException">A line is something else, or one file has more lines than the other.</exception>
    public static List<SentencePair> Read(string input, string gold)
    {
        var pairs = new List<SentencePair>();
        using var scores = DataLines.Read(gold).GetEnumerator();
        var last = 0;
        foreach (var (number, text) in DataLines.Read(input))
        {
            if (!scores.MoveNext())
            {
                throw DatasetException.At(gold, number, $"a score, or an empty line, for each line of {Path.GetFileName(input)}", "the end of the file");
            }

            last = number;
            if (string.IsNullOrWhiteSpace(scores.Current.Text))
            {
                continue;
            }

            if (text.Split('\t') is not [var first, var second, ..])
            {
                throw DatasetException.At(input, number, "two sentences with a tab between", "no tab");
            }

            pairs.Add(new SentencePair(first, second, PairScore.Parse(gold, number, scores.Current.Text)));
        }

        return scores.MoveNext()
            ? throw DatasetException.At(gold, last + 1, $"as many lines as {Path.GetFileName(input)} has", "more")
            : pairs;
    }
}
