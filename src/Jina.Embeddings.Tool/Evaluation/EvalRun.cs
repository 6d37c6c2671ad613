namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Measures a model by one task, or by those of the older card.</summary>
/// <param name="model">The model.</param>
/// <param name="note">Is told what speaks against comparing a score.</param>
internal sealed class EvalRun(EvalModel model, Action<string> note)
{
    public async Task<EvalScores> MeasureAsync((EvalTask Task, DataFolder Data) place, CancellationToken cancellationToken)
    {
        var scores = await place.Task.RunAsync(place.Data, model, cancellationToken);
        if (scores.Caveat is { } caveat)
        {
            note(caveat);
        }

        return scores;
    }

    /// <summary>Returns all lines of the card's table, with scores where there is data.</summary>
    public async Task<IReadOnlyList<SeedRow>> SeedTableAsync(
        IReadOnlyList<(EvalTask Task, DataFolder Data)> places, PublishedModel published, CancellationToken cancellationToken)
    {
        var scores = new Dictionary<string, double>();
        foreach (var place in places)
        {
            scores.Add(place.Task.Name, (await MeasureAsync(place, cancellationToken)).Main);
        }

        return
        [
            .. PublishedModel.SeedTasks.Select(task => new SeedRow(
                EvalTasks.Find(task)!, scores.TryGetValue(task, out var score) ? score : null, published.Score(task))),
        ];
    }
}
