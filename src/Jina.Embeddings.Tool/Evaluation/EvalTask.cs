namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Something to measure a model by.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="MtebName">What MTEB calls it.</param>
/// <param name="Folders">The usual names of its data's folder.</param>
internal abstract record EvalTask(string Name, string MtebName, IReadOnlyList<string> Folders)
{
    /// <summary>Gets the forms that its data comes in; the first that is there is read.</summary>
    public abstract IReadOnlyList<DataForm> Forms { get; }

    /// <summary>Measures a model.</summary>
    /// <exception cref="Jina.Evaluation.Datasets.DatasetException">A file is not what it should be.</exception>
    public abstract Task<EvalScores> RunAsync(DataFolder data, EvalModel model, CancellationToken cancellationToken);
}
