namespace Jina.Evaluation.Datasets;

/// <summary>Two sentences and how alike people found them, on the data set's scale.</summary>
internal sealed record SentencePair(string First, string Second, double Score);
