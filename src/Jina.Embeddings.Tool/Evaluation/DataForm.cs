namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>One of the forms that a task's data comes in.</summary>
/// <param name="Files">The files that make it up, relative to the data's folder; all are needed.</param>
internal record DataForm(params IReadOnlyList<string> Files);
