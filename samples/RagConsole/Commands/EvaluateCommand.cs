using System.CommandLine;
using System.Globalization;
using System.Text;
using Jina.Evaluation.Datasets;
using Jina.Evaluation.Measures;
using Jina.VectorData.Sqlite;
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

    /// <summary>The weights of the keywords that are compared.</summary>
    private static readonly double[] Weights = [0.1, 0.2, 0.3, 0.5, 0.7];

    public static Command Create(Func<ModelChoice, string, Kernel> wire)
    {
        var folder = new Argument<string>("DIR")
        {
            Description = "A retrieval task in the BEIR layout: corpus.jsonl, queries.jsonl and qrels/test.tsv.",
        };
        var split = new Option<string>("--queries")
        {
            Description = "The queries to run: those that are judged in qrels/NAME.tsv. Choose settings with train, not with test.",
            HelpName = "train|dev|test|NAME",
            DefaultValueFactory = _ => BeirFolder.TestSplit,
        };
        split.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (token.Value.Length == 0 || Path.GetFileName(token.Value) != token.Value))
            {
                result.AddError("--queries expects the name of a file in qrels without .tsv, such as train.");
            }
        });
        var (database, model, json) = (SharedOptions.Database(), SharedOptions.Model(), SharedOptions.Json("one object"));
        database.Description = "The file that keeps the ingested corpus for the next run. Default: the corpus is not kept.";
        const string Summary = "Ingests a corpus, runs its queries, and prints nDCG@10 for each kind of search and each fusion.";
        var command = new Command("evaluate", Summary) { folder, split, database, model, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var queries = parsed.GetRequiredValue(split);
            var task = BeirFolder.Open(parsed.GetRequiredValue(folder), queries);
            var documents = ListDocuments(task, Path.GetFullPath(parsed.GetRequiredValue(folder)));
            if (task.Queries.Count == 0)
            {
                throw new DatasetException($"qrels/{queries}.tsv has no judgment of a query in queries.jsonl; expected at least one.");
            }

            var path = parsed.GetValue(database) ?? ":memory:";
            using var session = await Session.OpenForIngestAsync(wire, path, parsed.GetValue(model), cancellationToken);
            await session.IngestAsync(documents, cancellationToken);

            var scores = await MeasureAsync(session.Kernel.GetRequiredService<PassageSearch>(), task.Queries, cancellationToken);
            var result = new Result(session.Model.Model.Name, documents.Entries.Count, queries, task.Queries.Count, scores);
            Write(result, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>Returns the searches to compare. The hybrid search has the fusion of the store, and the others have their own.</summary>
    private static List<Method> ListMethods() =>
    [
        .. Enum.GetValues<SearchKind>().Select(kind => new Method(kind.ToString().ToLowerInvariant(), kind, Fusion: null)),
        .. Weights.Select(weight => CreateFused("reciprocal rank", weight, HybridFusion.ReciprocalRank(weight))),
        .. Weights.Select(weight => CreateFused("convex", weight, HybridFusion.ConvexCombination(weight))),
    ];

    private static Method CreateFused(string name, double weight, HybridFusion fusion) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name} {weight:F1}"), SearchKind.Hybrid, fusion);

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

    /// <summary>Returns the score of each search, and shows the progress.</summary>
    private static Task<List<Score>> MeasureAsync(
        PassageSearch search, IReadOnlyList<BeirQuery> queries, CancellationToken cancellationToken) =>
        ProgressDisplay.RunAsync($"{queries.Count} queries", async report =>
        {
            var methods = ListMethods();
            var scores = new List<Score>();
            foreach (var method in methods)
            {
                report(new WorkProgress(scores.Count, methods.Count, method.Name));
                scores.Add(new Score(method.Name, await ComputeNdcgAsync(search, queries, method, cancellationToken)));
            }

            return scores;
        });

    /// <summary>Returns the mean nDCG@10 of the queries. A document ranks by its best passage.</summary>
    private static async Task<double> ComputeNdcgAsync(
        PassageSearch search, IReadOnlyList<BeirQuery> queries, Method method, CancellationToken cancellationToken)
    {
        var sum = 0.0;
        foreach (var query in queries)
        {
            var hits = await search.FindAsync([query.Text], Passages, method.Kind, PassageScope.All, method.Fusion, cancellationToken);
            var ids = hits.Select(hit => hit.Passage.File[..^Extension.Length]).Distinct();
            sum += Ndcg.At(Depth, ids, query.Relevance);
        }

        return sum / queries.Count;
    }

    private static void Write(Result result, bool json)
    {
        if (json)
        {
            WriteJson(result);
            return;
        }

        Console.WriteLine(
            $"nDCG@{Depth} over {result.Queries} queries ({Printable.Name(result.Split)}), {result.Documents} documents, "
            + $"{Printable.Name(result.Model)}:");
        foreach (var (name, ndcg) in result.Scores)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-19} {ndcg:F4}"));
        }
    }

    private static void WriteJson(Result result) => JsonOutput.Write(json =>
    {
        json.WriteString("model", result.Model);
        json.WriteNumber("documents", result.Documents);
        json.WriteString("split", result.Split);
        json.WriteNumber("queries", result.Queries);
        json.WriteStartObject("ndcg@10");
        foreach (var (name, ndcg) in result.Scores)
        {
            json.WriteNumber(name, ndcg);
        }

        json.WriteEndObject();
    });

    /// <summary>Represents a search to measure.</summary>
    private sealed record Method(string Name, SearchKind Kind, HybridFusion? Fusion);

    private sealed record Score(string Name, double Ndcg);

    private sealed record Result(string Model, int Documents, string Split, int Queries, IReadOnlyList<Score> Scores);
}
