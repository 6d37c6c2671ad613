namespace Jina.Embeddings.Tool.Input;

/// <summary>Lists the names of columns for messages.</summary>
internal static class ColumnNames
{
    /// <summary>A table can have thousands of columns.</summary>
    private const int MaxNames = 20;

    public static string List(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "no columns",
        <= MaxNames => string.Join(", ", names),
        _ => $"{string.Join(", ", names.Take(MaxNames))} and {names.Count - MaxNames} more",
    };
}
