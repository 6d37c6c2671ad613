using System.Numerics.Tensors;
using Jina.Evaluation.Datasets;
using Jina.Evaluation.Measures;

namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Reranking: whether documents that answer a query are nearer to it than others. A document's score is its cosine to the nearest of a sample's queries.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="MtebName">What MTEB calls it.</param>
/// <param name="Folders">The usual names of its folder.</param>
internal sealed record RerankingTask(string Name, string MtebName, IReadOnlyList<string> Folders) : EvalTask(Name, MtebName, Folders)
{
    private const int Depth = 10;

    public override IReadOnlyList<DataForm> Forms { get; } = [new DataForm("test.jsonl"), new DataForm("test.jsonl.gz")];

    public override async Task<EvalScores> RunAsync(DataFolder data, EvalModel model, CancellationToken cancellationToken)
    {
        var path = Path.Combine(data.Path, Forms[data.Form].Files[0]);
        var samples = RerankingSample.Read(path);
        if (samples.Count == 0)
        {
            throw new CommandException($"{path}: There is no sample; expected at least one line with positive and negative texts.");
        }

        var vectors = await model.EmbedDistinctAsync(samples.SelectMany(sample => sample.Queries.Concat(sample.Positive).Concat(sample.Negative)), cancellationToken);
        (double Score, bool IsRelevant)[][] scored = [.. samples.Select(sample => Scored(sample, vectors))];
        return new EvalScores(
            this,
            [("map", scored.Average(AveragePrecision.Of)), ("mrr_at_10", scored.Average(Reciprocal))],
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
