using System.Globalization;
using System.Text.Json;

namespace Jina.Evaluation.Datasets;

/// <summary>
/// Represents a retrieval task in BEIR's layout: corpus.jsonl and queries.jsonl (each optionally with .gz), and
/// qrels/test.tsv or the judgments of another split.
/// </summary>
/// <param name="CorpusPath">The path of the documents' file.</param>
/// <param name="Queries">The queries that have judgments, in the order of the file.</param>
internal sealed record BeirFolder(string CorpusPath, IReadOnlyList<BeirQuery> Queries)
{
    public const string TestSplit = "test";

    private const string Expected = "a JSON object with _id and text";

    /// <summary>Reads queries and judgments.</summary>
    /// <param name="folder">The path of the folder.</param>
    /// <param name="split">The name of the judgments' file in qrels, without its extension.</param>
    /// <exception cref="DatasetException">A file is missing or not valid.</exception>
    public static BeirFolder Open(string folder, string split = TestSplit)
    {
        var judgments = ReadJudgments(Path.Combine(folder, "qrels", $"{split}.tsv"));
        var queries =
            from query in JsonLines.Read(
                Existing(folder, "queries.jsonl"), Expected, json => (Id: Text(json, "_id"), Text: Text(json, "text")))
            where judgments.ContainsKey(query.Id)
            select new BeirQuery(query.Id, query.Text, judgments[query.Id]);
        return new BeirFolder(Existing(folder, "corpus.jsonl"), [.. queries]);
    }

    /// <summary>Reads the documents one by one.</summary>
    /// <exception cref="DatasetException">A line is not a document.</exception>
    public IEnumerable<BeirDocument> Documents() => JsonLines.Read(CorpusPath, Expected, ReadDocument);

    private static BeirDocument ReadDocument(JsonElement json)
    {
        var title = json.TryGetProperty("title", out _) ? Text(json, "title") : "";
        return new BeirDocument(Text(json, "_id"), title, Text(json, "text"));
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";

    private static string Existing(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return !File.Exists(path) && File.Exists(path + ".gz") ? path + ".gz" : path;
    }

    /// <summary>
    /// Reads lines of query, document and relevance, below a header line. If a pair is judged twice, the later line counts, as in BEIR.
    /// </summary>
    private static Dictionary<string, Dictionary<string, int>> ReadJudgments(string path)
    {
        var judgments = new Dictionary<string, Dictionary<string, int>>();
        foreach (var (number, text) in DataLines.Read(path).Skip(1))
        {
            if (text.Split('\t') is not [var query, var document, var relevance]
                || !int.TryParse(relevance, CultureInfo.InvariantCulture, out var gain))
            {
                throw DatasetException.At(path, number, "query ID, document ID and an integer, separated by tabs", $"'{text}'");
            }

            (judgments.TryGetValue(query, out var documents) ? documents : judgments[query] = [])[document] = gain;
        }

        return judgments;
    }
}

/// <summary>Represents a query that has judgments.</summary>
/// <param name="Id">The ID.</param>
/// <param name="Text">The text of the query.</param>
/// <param name="Relevance">The relevance of each judged document, by its ID.</param>
internal sealed record BeirQuery(string Id, string Text, IReadOnlyDictionary<string, int> Relevance);

/// <summary>Represents a document of a BEIR corpus.</summary>
/// <param name="Id">The ID.</param>
/// <param name="Title">The title, or an empty string for a document without a title.</param>
/// <param name="Text">The text.</param>
internal sealed record BeirDocument(string Id, string Title, string Text)
{
    /// <summary>Gets the text that MTEB embeds: title, a space and text, without white space around them.</summary>
    /// <remarks>
    /// https://github.com/embeddings-benchmark/mteb/blob/00a1acd263dafd09e03e25f3137851806871ba0d,
    /// mteb/evaluation/evaluators/RetrievalEvaluator.py, encode_corpus.
    /// </remarks>
    public string TitleAndText => $"{Title} {Text}".Trim();
}
