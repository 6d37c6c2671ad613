namespace Jina.Evaluation.Datasets;

/// <summary>A query that has judgements.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">What to search for.</param>
/// <param name="Relevance">The relevance of each judged document, by its id.</param>
internal sealed record BeirQuery(string Id, string Text, IReadOnlyDictionary<string, int> Relevance);
