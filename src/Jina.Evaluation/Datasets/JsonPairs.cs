namespace Jina.Evaluation.Datasets;

/// <summary>Pairs as MTEB keeps them: {"sentence1": …, "sentence2": …, "score": …} per line, other properties ignored.</summary>
internal static class JsonPairs
{
    /// <exception cref="DatasetException">A line is something else.</exception>
    public static List<SentencePair> Read(string path) => [.. JsonLines.Read(
        path,
        "a JSON object with sentence1, sentence2 and a number score",
        json => new SentencePair(json.GetProperty("sentence1").GetString() ?? "", json.GetProperty("sentence2").GetString() ?? "", json.GetProperty("score").GetDouble()))];
}
