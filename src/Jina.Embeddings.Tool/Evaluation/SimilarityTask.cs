using System.Numerics.Tensors;
using Jina.Evaluation.Datasets;
using Jina.Evaluation.Measures;

namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Semantic similarity: whether cosines order pairs of sentences as people do.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="MtebName">What MTEB calls it.</param>
/// <param name="Folders">The usual names of its folder.</param>
/// <param name="Pairs">How many pairs MTEB has.</param>
/// <param name="PairForms">The forms of its data.</param>
internal sealed record SimilarityTask(string Name, string MtebName, IReadOnlyList<string> Folders, int Pairs, IReadOnlyList<PairForm> PairForms)
    : EvalTask(Name, MtebName, Folders)
{
    public override IReadOnlyList<DataForm> Forms => PairForms;

    public override async Task<EvalScores> RunAsync(DataFolder data, EvalModel model, CancellationToken cancellationToken)
    {
        SentencePair[] pairs = [.. PairForms[data.Form].Read(data.Path)];
        var vectors = await model.EmbedDistinctAsync(pairs.SelectMany(pair => (string[])[pair.First, pair.Second]), cancellationToken);
        double[] gold = [.. pairs.Select(pair => pair.Score)];
        double[] cosines = [.. pairs.Select(pair => Cosine(vectors[pair.First].Span, vectors[pair.Second].Span))];
        return new EvalScores(
            this,
            [("spearman", Correlation.Spearman(gold, cosines)), ("pearson", Correlation.Pearson(gold, cosines))],
            [("pairs", pairs.Length)])
        {
            Caveat = EvalScores.CaveatOf(Name, ("pairs", pairs.Length, Pairs)),
        };
    }

    /// <summary>As MTEB's scikit-learn does it, from the distance of unit vectors: equal vectors get the same number, and so the same rank.</summary>
    private static double Cosine(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var (normX, normY) = (Norm(x), Norm(y));
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var difference = (x[i] / normX) - (y[i] / normY);
            sum += difference * difference;
        }

        return 1 - (sum / 2);
    }

    /// <summary>A zero vector stays one.</summary>
    private static double Norm(ReadOnlySpan<float> x) => TensorPrimitives.Norm(x) is > 0 and var norm ? norm : 1;
}
