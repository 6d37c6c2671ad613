using System.Text.Json;

namespace Jina.Evaluation.Datasets;

/// <summary>Represents a query, possibly in several phrasings, with documents that answer it and others that do not.</summary>
internal sealed record RerankingSample(IReadOnlyList<string> Queries, IReadOnlyList<string> Positive, IReadOnlyList<string> Negative)
{
    /// <summary>
    /// Reads MTEB's {"query": text or texts, "positive": texts, "negative": texts} per line. Samples that lack either kind of document
    /// are skipped, as in MTEB.
    /// </summary>
    /// <exception cref="DatasetException">A line is not valid.</exception>
    public static List<RerankingSample> Read(string path) => [.. JsonLines.Read(
        path,
        "a JSON object with query and the lists positive and negative",
        json => new RerankingSample(
            json.GetProperty("query") is { ValueKind: JsonValueKind.Array } several
                ? Texts(several)
                : [json.GetProperty("query").GetString() ?? ""],
            Texts(json.GetProperty("positive")),
            Texts(json.GetProperty("negative")))).Where(sample => sample.Positive.Count > 0 && sample.Negative.Count > 0)];

    private static List<string> Texts(JsonElement json) => [.. json.EnumerateArray().Select(text => text.GetString() ?? "")];
}
