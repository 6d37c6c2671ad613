namespace Jina.Extensions.AI.Graph;

/// <summary>An input or output of a graph, as its file or the runtime states it.</summary>
/// <param name="Name">The name.</param>
/// <param name="ElementType">The .NET name of its elements' type, such as Int64.</param>
/// <param name="Axes">The sizes or names of its axes; null where the file leaves them to be found out.</param>
internal sealed record GraphValue(string Name, string ElementType, IReadOnlyList<string>? Axes)
{
    public bool MayHaveRank(int rank) => Axes is null || Axes.Count == rank;

    public override string ToString() => $"{Name} {ElementType}[{(Axes is null ? "?" : string.Join(", ", Axes))}]";
}
