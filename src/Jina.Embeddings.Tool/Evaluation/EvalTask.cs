namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Represents a task that measures a model.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="MtebName">The name in MTEB.</param>
/// <param name="Folders">The usual names of the data's folder.</param>
internal abstract record EvalTask(string Name, string MtebName, IReadOnlyList<string> Folders)
{
    /// <summary>Gets the layouts that the data can have. The first one whose files exist is read.</summary>
    public abstract IReadOnlyList<DataLayout> Layouts { get; }

    /// <summary>Measures a model.</summary>
    /// <exception cref="Jina.Evaluation.Datasets.DatasetException">A file is not valid.</exception>
    public abstract Task<EvalScores> RunAsync(DataFolder data, EvalModel model, CancellationToken cancellationToken);
}

/// <summary>Represents a layout of a task's data.</summary>
/// <param name="Files">The required files, relative to the data's folder.</param>
internal record DataLayout(params IReadOnlyList<string> Files);

/// <summary>Represents the scores of a model in a task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Measures">The measures with their names in JSON. The first one is the published measure.</param>
/// <param name="Counts">The amounts of data.</param>
internal sealed record EvalScores(
    EvalTask Task, IReadOnlyList<(string Name, double Value)> Measures, IReadOnlyList<(string Name, int Value)> Counts)
{
    public double Main => Measures[0].Value;

    /// <summary>Gets how chunks were embedded, or null if whole texts were.</summary>
    public ChunkKind? Chunks { get; init; }

    /// <summary>Gets why the scores are not comparable with published ones, or null if they are.</summary>
    public string? Caveat { get; init; }

    /// <summary>Returns the caveat if the amount of data differs from MTEB's, or null if it does not.</summary>
    public static string? CompareCounts(string task, params (string Name, int Found, int Published)[] counts)
    {
        var different = counts
            .Where(count => count.Found != count.Published)
            .Select(count => FormattableString.Invariant($"{count.Found} {count.Name} here and {count.Published} in MTEB"));
        return string.Join(", ", different) is { Length: > 0 } list ? $"{task} has {list}: do not compare with published scores." : null;
    }
}
