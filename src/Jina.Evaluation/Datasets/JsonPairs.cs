namespace Jina.Evaluation.Datasets;

/// <summary>Reads pairs in MTEB's format: {"sentence1": …, "sentence2": …, "score": …} per line. Other properties are ignored.</summary>
internal static class JsonPairs
{
    /// <exception cref="DatasetException">A line is not valid.</exception>
    public static List<SentencePair> Read(string path) => [.. JsonLines.Read(
        path,
        "a JSON object with sentence1, sentence2 and a number score",
        json => new SentencePair(
            json.GetProperty("sentence1").GetString() ?? "",
            json.GetProperty("sentence2").GetString() ?? "",
            json.GetProperty("score").GetDouble()))];
}
