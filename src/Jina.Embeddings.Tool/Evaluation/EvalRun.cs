namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Measures a model with one task, or with those of the models' first card.</summary>
/// <param name="model">The model.</param>
/// <param name="reportCaveat">Reports why a score is not comparable with published ones.</param>
internal sealed class EvalRun(EvalModel model, Action<string> reportCaveat)
{
    public async Task<EvalScores> MeasureAsync((EvalTask Task, DataFolder Data) place, CancellationToken cancellationToken)
    {
        var scores = await place.Task.RunAsync(place.Data, model, cancellationToken);
        if (scores.Caveat is { } caveat)
        {
            reportCaveat(caveat);
        }

        return scores;
    }

    /// <summary>Returns all rows of the card's table, with scores for the tasks whose data is present.</summary>
    public async Task<IReadOnlyList<SeedRow>> MeasureSeedTableAsync(
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

/// <summary>Represents a row of the table of the models' first card.</summary>
/// <param name="Task">The task.</param>
/// <param name="Score">The measured score, or null if the data is not present.</param>
/// <param name="Published">The published scores.</param>
internal sealed record SeedRow(EvalTask Task, double? Score, PublishedScore Published)
{
    public double? CardDifference => Score - Published.Card;

    public double? MtebDifference => Score - Published.Mteb;
}
