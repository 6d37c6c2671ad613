using System.Numerics.Tensors;
using Jina.Evaluation.Datasets;
using Jina.Evaluation.Measures;

namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Semantic similarity: measures whether cosines order pairs of sentences as people do.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="MtebName">The name in MTEB.</param>
/// <param name="Folders">The usual names of the data's folder.</param>
/// <param name="Pairs">The number of pairs in MTEB.</param>
/// <param name="PairLayouts">The layouts of the data.</param>
internal sealed record SimilarityTask(
    string Name, string MtebName, IReadOnlyList<string> Folders, int Pairs, IReadOnlyList<PairLayout> PairLayouts)
    : EvalTask(Name, MtebName, Folders)
{
    public override IReadOnlyList<DataLayout> Layouts => PairLayouts;

    public override async Task<EvalScores> RunAsync(DataFolder data, EvalModel model, CancellationToken cancellationToken)
    {
        SentencePair[] pairs = [.. PairLayouts[data.Layout].Read(data.Path)];
        var vectors = await model.EmbedDistinctAsync(pairs.SelectMany(pair => (string[])[pair.First, pair.Second]), cancellationToken);
        double[] gold = [.. pairs.Select(pair => pair.Score)];
        double[] cosines = [.. pairs.Select(pair => Cosine(vectors[pair.First].Span, vectors[pair.Second].Span))];
        return new EvalScores(
            this,
            [("spearman", Correlation.Spearman(gold, cosines)), ("pearson", Correlation.Pearson(gold, cosines))],
            [("pairs", pairs.Length)])
        {
            Caveat = EvalScores.CompareCounts(Name, ("pairs", pairs.Length, Pairs)),
        };
    }

    /// <summary>
    /// Returns the cosine from the distance of unit vectors, as MTEB's scikit-learn does. Equal vectors get the same number, and
    /// therefore the same rank.
    /// </summary>
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

    /// <summary>Returns the norm, or 1 for a zero vector, which is not scaled.</summary>
    private static double Norm(ReadOnlySpan<float> x) => TensorPrimitives.Norm(x) is > 0 and var norm ? norm : 1;
}

/// <summary>Represents a layout of pairs of sentences.</summary>
/// <param name="Files">The required files.</param>
/// <param name="Read">Reads the pairs from a folder.</param>
internal sealed record PairLayout(IReadOnlyList<string> Files, Func<string, IEnumerable<SentencePair>> Read) : DataLayout(Files)
{
    /// <summary>Returns the layout of SemEval's files. The subsets of a year form one list, as in MTEB.</summary>
    /// <param name="prefix">The prefix of the file names: STS, or in one year STS2016.</param>
    /// <param name="subsets">The year's subsets in MTEB.</param>
    public static PairLayout SemEval(string prefix, params string[] subsets)
    {
        (string Input, string Gold)[] files = [.. subsets.Select(subset => ($"{prefix}.input.{subset}.txt", $"{prefix}.gs.{subset}.txt"))];
        return new PairLayout(
            [.. files.SelectMany(pair => (string[])[pair.Input, pair.Gold])],
            folder => files.SelectMany(pair => SemEvalPairs.Read(Path.Combine(folder, pair.Input), Path.Combine(folder, pair.Gold))));
    }

    /// <summary>Returns the layouts of MTEB's JSON lines, plain and compressed.</summary>
    public static IEnumerable<PairLayout> Json(params string[] names) =>
        names.SelectMany(name => (string[])[name, $"{name}.gz"]).Select(name => File(name, JsonPairs.Read));

    public static PairLayout File(string name, Func<string, IEnumerable<SentencePair>> read) =>
        new([name], folder => read(Path.Combine(folder, name)));
}
