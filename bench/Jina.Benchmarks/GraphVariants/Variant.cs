namespace Jina.Benchmarks.GraphVariants;

/// <summary>Another formulation of the library's graph.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Rewrite">Changes the library's graph into it.</param>
internal sealed record Variant(string Name, Action<GraphRewriter> Rewrite);
