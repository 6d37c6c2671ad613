using System.Globalization;
using System.Text;
using System.Text.Json;
using RagConsole.Documents;

namespace RagConsole.Evaluation;

/// <summary>A retrieval task in the layout of BEIR: corpus.jsonl, queries.jsonl and qrels/test.tsv.</summary>
/// <param name="Documents">The corpus; a document's file is its id.</param>
/// <param name="Queries">The queries that have judgements.</param>
internal sealed record Beir(DocumentList Documents, IReadOnlyList<Beir.Query> Queries)
{
    /// <summary>Reads a folder.</summary>
    /// <exception cref="IOException">A file of the layout is missing.</exception>
    /// <exception cref="InvalidDataException">A file is not of the layout.</exception>
    public static Beir Read(string folder)
    {
        var judgements = ReadJudgements(Path.Combine(folder, "qrels", "test.tsv"));
        var queries = ReadLines(Path.Combine(folder, "queries.jsonl"), json => (Id: Text(json, "_id"), Text: Text(json, "text")));
        var root = Path.GetFullPath(folder);
        var documents = ReadLines(Path.Combine(folder, "corpus.jsonl"), json => Entry(root, Text(json, "_id"), $"{Text(json, "title")}\n{Text(json, "text")}"));
        return new Beir(new DocumentList(root, documents, []), [.. queries.Where(query => judgements.ContainsKey(query.Id)).Select(query => new Query(query.Text, judgements[query.Id]))]);
    }

    private static DocumentEntry Entry(string root, string id, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        return new DocumentEntry(root, $"{id}.txt", content.Length, () => content);
    }

    private static List<T> ReadLines<T>(string path, Func<JsonElement, T> read)
    {
        var values = new List<T>();
        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            try
            {
                using var json = JsonDocument.Parse(line);
                values.Add(read(json.RootElement));
            }
            catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new InvalidDataException($"{path}, line {index + 1}: expected a JSON object with _id and text. {error.Message}", error);
            }
        }

        return values;
    }

    /// <summary>A corpus may leave titles out; ids and texts it may not.</summary>
    private static string Text(JsonElement json, string name) =>
        name == "title" && !json.TryGetProperty(name, out _) ? "" : json.GetProperty(name).GetString() ?? "";

    /// <summary>Reads lines of query, document and relevance, below a heading.</summary>
    private static Dictionary<string, Dictionary<string, int>> ReadJudgements(string path)
    {
        var judgements = new Dictionary<string, Dictionary<string, int>>();
        foreach (var (index, line) in File.ReadLines(path).Index().Skip(1))
        {
            if (line.Split('\t') is not [var query, var document, var relevance] || !int.TryParse(relevance, CultureInfo.InvariantCulture, out var gain))
            {
                throw new InvalidDataException($"{path}, line {index + 1}: expected query id, document id and a whole number, with tabs between; found '{line}'.");
            }

            (judgements.TryGetValue(query, out var documents) ? documents : judgements[query] = []).Add($"{document}.txt", gain);
        }

        return judgements;
    }

    /// <summary>A query.</summary>
    /// <param name="Text">What to search for.</param>
    /// <param name="Relevance">The relevance of each judged document, by its file.</param>
    internal sealed record Query(string Text, IReadOnlyDictionary<string, int> Relevance);
}
