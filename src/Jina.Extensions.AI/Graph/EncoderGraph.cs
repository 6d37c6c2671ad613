namespace Jina.Extensions.AI.Graph;

/// <summary>A graph file, ready to load.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Weights">The weights that it leaves in files; none for a graph that somebody else made.</param>
internal sealed record EncoderGraph(string Path, IReadOnlyList<ExternalWeight> Weights);
