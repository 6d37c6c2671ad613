namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>A line of the older card's table.</summary>
/// <param name="Task">The task.</param>
/// <param name="Score">Our score; null where the data is not here.</param>
/// <param name="Published">What was published.</param>
internal sealed record SeedRow(EvalTask Task, double? Score, PublishedScore Published)
{
    public double? CardDifference => Score - Published.Card;

    public double? MtebDifference => Score - Published.Mteb;
}
