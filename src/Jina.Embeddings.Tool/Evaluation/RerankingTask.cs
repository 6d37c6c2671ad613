using System.Numerics.Tensors;
using Jina.Evaluation.Datasets;
using Jina.Evaluation.Measures;

namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>
/// Reranking: measures whether documents that answer a query are nearer to it than others. The score of a document is its cosine to
/// the nearest of a sample's queries.
/// </summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="MtebName">The name in MTEB.</param>
/// <param name="Folders">The usual names of the data's folder.</param>
internal sealed record RerankingTask(string Name, string MtebName, IReadOnlyList<string> Folders) : EvalTask(Name, MtebName, Folders)
{
    private const int Depth = 10;

    public override IReadOnlyList<DataLayout> Layouts { get; } = [new DataLayout("test.jsonl"), new DataLayout("test.jsonl.gz")];

    public override async Task<EvalScores> RunAsync(DataFolder data, EvalModel model, CancellationToken cancellationToken)
    {
        var path = Path.Combine(data.Path, Layouts[data.Layout].Files[0]);
        var samples = RerankingSample.Read(path);
        if (samples.Count == 0)
        {
            throw new CommandException(
                $"{path}: The file contains no sample; expected at least one line with positive and negative texts.");
        }

        var texts = samples.SelectMany(sample => (string[])[.. sample.Queries, .. sample.Positive, .. sample.Negative]);
        var vectors = await model.EmbedDistinctAsync(texts, cancellationToken);
        (double Score, bool IsRelevant)[][] scored = [.. samples.Select(sample => Scored(sample, vectors))];
        return new EvalScores(
            this,
            [("map", scored.Average(AveragePrecision.Calculate)), ("mrr_at_10", scored.Average(Reciprocal))],
            [("queries", samples.Count)]);
    }

    private static (double Score, bool IsRelevant)[] Scored(RerankingSample sample, Dictionary<string, ReadOnlyMemory<float>> vectors) =>
    [
        .. sample.Positive.Select(text => (Score(sample, text, vectors), true)),
        .. sample.Negative.Select(text => (Score(sample, text, vectors), false)),
    ];

    private static double Score(RerankingSample sample, string text, Dictionary<string, ReadOnlyMemory<float>> vectors) =>
        sample.Queries.Max(query => TensorPrimitives.Dot(vectors[query].Span, vectors[text].Span));

    private static double Reciprocal((double Score, bool IsRelevant)[] documents) =>
        ReciprocalRank.At(Depth, documents.OrderByDescending(document => document.Score).Select(document => document.IsRelevant));
}
