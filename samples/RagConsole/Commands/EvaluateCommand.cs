using System.CommandLine;
using System.Globalization;
using System.Text;
using Jina.Evaluation.Datasets;
using Jina.Evaluation.Measures;
using Microsoft.SemanticKernel;
using RagConsole.Documents;
using RagConsole.Output;
using RagConsole.Passages;

namespace RagConsole.Commands;

/// <summary>Creates the command <c>evaluate DIR</c>, which measures how well each kind of search finds the relevant documents.</summary>
internal static class EvaluateCommand
{
    /// <summary>The depth of the measure.</summary>
    private const int Depth = 10;

    /// <summary>Several of the best passages can belong to the same document.</summary>
    private const int Passages = 10 * Depth;

    private const string Extension = ".md";

    public static Command Create(Func<ModelChoice, string, Kernel> wire)
    {
        var folder = new Argument<string>("DIR")
        {
            Description = "A retrieval task in the BEIR layout: corpus.jsonl, queries.jsonl and qrels/test.tsv.",
        };
        var (database, model, json) = (SharedOptions.Database(), SharedOptions.Model(), SharedOptions.Json("one object"));
        database.Description = "The file that keeps the ingested corpus for the next run. Default: the corpus is not kept.";
        const string Summary = "Ingests a corpus, runs its queries, and prints nDCG@10 for vector, keyword and hybrid search.";
        var command = new Command("evaluate", Summary) { folder, database, model, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var task = BeirFolder.Open(parsed.GetRequiredValue(folder));
            var documents = ListDocuments(task, Path.GetFullPath(parsed.GetRequiredValue(folder)));
            var path = parsed.GetValue(database) ?? ":memory:";
            using var session = await Session.OpenForIngestAsync(wire, path, parsed.GetValue(model), cancellationToken);
            await session.IngestAsync(documents, cancellationToken);

            var search = session.Kernel.GetRequiredService<PassageSearch>();
            var scores = new Dictionary<string, double>();
            foreach (var kind in Enum.GetValues<SearchKind>())
            {
                scores[kind.ToString().ToLowerInvariant()] = await ComputeNdcgAsync(search, task.Queries, kind, cancellationToken);
            }

            Write(session.Model.Model.Name, documents.Entries.Count, task.Queries.Count, scores, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>Returns the corpus as documents, so that it is ingested like files. The name of a document is its ID.</summary>
    private static DocumentList ListDocuments(BeirFolder task, string root)
    {
        var entries = task.Documents().Select(document =>
        {
            var title = document.Title.Length == 0 ? "" : $"# {document.Title}\n\n";
            var content = Encoding.UTF8.GetBytes(title + document.Text);
            return new DocumentEntry(root, document.Id + Extension, content.Length, () => content);
        });
        return new DocumentList(root, [.. entries], []);
    }

    /// <summary>Returns the mean nDCG@10 of the queries. A document ranks by its best passage.</summary>
    private static async Task<double> ComputeNdcgAsync(
        PassageSearch search, IReadOnlyList<BeirQuery> queries, SearchKind kind, CancellationToken cancellationToken)
    {
        var sum = 0.0;
        foreach (var query in queries)
        {
            var hits = await search.FindAsync([query.Text], Passages, kind, cancellationToken);
            var ids = hits.Select(hit => hit.Passage.File[..^Extension.Length]).Distinct();
            sum += Ndcg.At(Depth, ids, query.Relevance);
        }

        return sum / queries.Count;
    }

    private static void Write(string model, int documents, int queries, Dictionary<string, double> scores, bool json)
    {
        if (json)
        {
            WriteJson(model, documents, queries, scores);
            return;
        }

        Console.WriteLine($"nDCG@{Depth} over {queries} queries, {documents} documents, {Printable.Name(model)}:");
        foreach (var (kind, score) in scores)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kind,-8} {score:F4}"));
        }
    }

    private static void WriteJson(string model, int documents, int queries, Dictionary<string, double> scores) => JsonOutput.Write(json =>
    {
        json.WriteString("model", model);
        json.WriteNumber("documents", documents);
        json.WriteNumber("queries", queries);
        json.WriteStartObject("ndcg@10");
        foreach (var (kind, score) in scores)
        {
            json.WriteNumber(kind, score);
        }

        json.WriteEndObject();
    });
}
