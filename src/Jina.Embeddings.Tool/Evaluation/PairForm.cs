using Jina.Evaluation.Datasets;

namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>A form of pairs of sentences.</summary>
/// <param name="Files">The files.</param>
/// <param name="Read">Reads them from the folder given.</param>
internal sealed record PairForm(IReadOnlyList<string> Files, Func<string, IEnumerable<SentencePair>> Read) : DataForm(Files)
{
    /// <summary>SemEval's files; a year's subsets make up one list, as in MTEB.</summary>
    /// <param name="prefix">What the names begin with: STS, or in one year STS2016.</param>
    /// <param name="subsets">The subsets that MTEB has of the year.</param>
    public static PairForm SemEval(string prefix, params string[] subsets) => new(
        [.. subsets.SelectMany(subset => (string[])[Input(prefix, subset), Gold(prefix, subset)])],
        folder => subsets.SelectMany(subset => SemEvalPairs.Read(Path.Combine(folder, Input(prefix, subset)), Path.Combine(folder, Gold(prefix, subset)))));

    /// <summary>MTEB's lines of JSON, packed and unpacked.</summary>
    public static IEnumerable<PairForm> Json(params string[] names) =>
        names.SelectMany(name => (string[])[name, $"{name}.gz"]).Select(name => File(name, JsonPairs.Read));

    public static PairForm File(string name, Func<string, IEnumerable<SentencePair>> read) => new([name], folder => read(Path.Combine(folder, name)));

    private static string Input(string prefix, string subset) => $"{prefix}.input.{subset}.txt";

    private static string Gold(string prefix, string subset) => $"{prefix}.gs.{subset}.txt";
}
