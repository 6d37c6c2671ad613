namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>How a model does a task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Measures">The measures by the names that JSON has; the first is the one that is published.</param>
/// <param name="Counts">What was measured with.</param>
internal sealed record EvalScores(EvalTask Task, IReadOnlyList<(string Name, double Value)> Measures, IReadOnlyList<(string Name, int Value)> Counts)
{
    public double Main => Measures[0].Value;

    /// <summary>Gets why the scores are none to compare with published ones; null where nothing speaks against it.</summary>
    public string? Caveat { get; init; }

    /// <summary>Says that the data is another amount than MTEB's.</summary>
    public static string? CaveatOf(string task, params (string Name, int Found, int Published)[] counts)
    {
        var other = counts.Where(count => count.Found != count.Published).Select(count => FormattableString.Invariant($"{count.Found} {count.Name} here and {count.Published} in MTEB"));
        return string.Join(", ", other) is { Length: > 0 } difference ? $"{task} has {difference}: do not compare with published scores." : null;
    }
}
