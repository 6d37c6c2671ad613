using System.Globalization;
using System.Text.Json;

namespace Jina.Evaluation.Datasets;

/// <summary>A retrieval task in the layout of BEIR: corpus.jsonl, queries.jsonl (each perhaps with .gz) and qrels/test.tsv.</summary>
/// <param name="CorpusPath">The file of documents.</param>
/// <param name="Queries">The queries that have judgements, in the file's order.</param>
internal sealed record BeirFolder(string CorpusPath, IReadOnlyList<BeirQuery> Queries)
{
    private const string Expected = "a JSON object with _id and text";

    /// <summary>Reads queries and judgements.</summary>
    /// <exception cref="DatasetException">A file is missing, or not of the layout.</exception>
    public static BeirFolder Open(string folder)
    {
        var judgements = ReadJudgements(Path.Combine(folder, "qrels", "test.tsv"));
        var queries = JsonLines.Read(Existing(folder, "queries.jsonl"), Expected, json => (Id: Text(json, "_id"), Text: Text(json, "text")));
        return new BeirFolder(
            Existing(folder, "corpus.jsonl"),
            [.. queries.Where(query => judgements.ContainsKey(query.Id)).Select(query => new BeirQuery(query.Id, query.Text, judgements[query.Id]))]);
    }

    /// <summary>Reads the documents, one by one.</summary>
    /// <exception cref="DatasetException">A line is no document.</exception>
    public IEnumerable<BeirDocument> Documents() => JsonLines.Read(
        CorpusPath, Expected, json => new BeirDocument(Text(json, "_id"), json.TryGetProperty("title", out _) ? Text(json, "title") : "", Text(json, "text")));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";

    private static string Existing(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return !File.Exists(path) && File.Exists(path + ".gz") ? path + ".gz" : path;
    }

    /// <summary>Reads lines of query, document and relevance, below a heading. Where a pair is judged twice, the later line counts, as in BEIR.</summary>
    private static Dictionary<string, Dictionary<string, int>> ReadJudgements(string path)
    {
        var judgements = new Dictionary<string, Dictionary<string, int>>();
        foreach (var (number, text) in DataLines.Read(path).Skip(1))
        {
            if (text.Split('\t') is not [var query, var document, var relevance] || !int.TryParse(relevance, CultureInfo.InvariantCulture, out var gain))
            {
                throw DatasetException.At(path, number, "query id, document id and a whole number with tabs between", $"'{text}'");
            }

            (judgements.TryGetValue(query, out var documents) ? documents : judgements[query] = [])[document] = gain;
        }

        return judgements;
    }
}
