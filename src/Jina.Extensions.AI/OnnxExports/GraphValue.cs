namespace Jina.Extensions.AI.OnnxExports;

/// <summary>Represents an input or output of a graph, as its file or the runtime declares it.</summary>
/// <param name="Name">The name.</param>
/// <param name="ElementType">The .NET name of the element type, such as Int64.</param>
/// <param name="Axes">The sizes or names of the axes, or <see langword="null"/> if the file does not declare them.</param>
internal sealed record GraphValue(string Name, string ElementType, IReadOnlyList<string>? Axes)
{
    public bool MayHaveRank(int rank) => Axes is null || Axes.Count == rank;

    public override string ToString() => $"{Name} {ElementType}[{(Axes is null ? "?" : string.Join(", ", Axes))}]";
}
