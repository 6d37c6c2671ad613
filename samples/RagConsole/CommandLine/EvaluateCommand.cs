using System.CommandLine;
using System.Globalization;
using Microsoft.SemanticKernel;
using RagConsole.Evaluation;
using RagConsole.Output;
using RagConsole.Retrieval;

namespace RagConsole.CommandLine;

/// <summary><c>evaluate DIR</c>.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Func<ModelChoice, string, Kernel> wire)
    {
        var folder = new Argument<string>("DIR") { Description = "A retrieval task in the layout of BEIR: corpus.jsonl, queries.jsonl, qrels/test.tsv." };
        var (database, model, json) = (SharedOptions.Database(), SharedOptions.Model(), SharedOptions.Json("one object"));
        database.Description = "Where to keep the ingested corpus, for the next time. Default: it is not kept.";
        var command = new Command("evaluate", "Ingests a corpus, asks its queries, and prints nDCG@10 of search by vector, by keyword, and hybrid.") { folder, database, model, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var task = RetrievalTask.Read(parsed.GetRequiredValue(folder));
            using var session = await Session.ForIngestAsync(wire, parsed.GetValue(database) ?? ":memory:", parsed.GetValue(model), cancellationToken);
            await session.IngestAsync(task.Documents, cancellationToken);
            var evaluation = session.Kernel.GetRequiredService<RetrievalEvaluation>();
            var scores = new Dictionary<string, double>();
            foreach (var kind in Enum.GetValues<SearchKind>())
            {
                scores[kind.ToString().ToLowerInvariant()] = await evaluation.NdcgAsync(task.Queries, kind, cancellationToken);
            }

            if (parsed.GetValue(json))
            {
                WriteJson(session.Model.Model.Name, task, scores);
            }
            else
            {
                Console.WriteLine($"nDCG@{RetrievalEvaluation.Depth} over {task.Queries.Count} queries, {task.Documents.Entries.Count} documents, {session.Model.Model.Name}:");
                foreach (var (kind, score) in scores)
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kind,-8} {score:F4}"));
                }
            }
        });
        return command;
    }

    private static void WriteJson(string model, RetrievalTask task, Dictionary<string, double> scores) => JsonOutput.Write(json =>
    {
        json.WriteString("model", model);
        json.WriteNumber("documents", task.Documents.Entries.Count);
        json.WriteNumber("queries", task.Queries.Count);
        json.WriteStartObject("ndcg@10");
        foreach (var (kind, score) in scores)
        {
            json.WriteNumber(kind, score);
        }

        json.WriteEndObject();
    });
}
