namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>What was published of a model's score in a task, as a part of 1; null where nothing was.</summary>
/// <param name="Card">On the models' older card, of earlier weights.</param>
/// <param name="Mteb">In MTEB's collection of results, of the final weights.</param>
internal readonly record struct PublishedScore(double? Card, double? Mteb);
