namespace RagConsole.Documents;

/// <summary>Represents the text of a document.</summary>
/// <param name="Text">The text. For formats with a parser, the text that a reader sees.</param>
/// <param name="Sources">
/// The places in the file that the text comes from, in the order of the text. If null, the lines of the text are the lines of the file.
/// </param>
/// <param name="Title">The title that the file declares, or an empty string. It can be any text.</param>
/// <param name="Unit">The unit of the places.</param>
internal sealed record Document(
    string Text, IReadOnlyList<SourceRun>? Sources = null, string Title = "", PlaceUnit Unit = PlaceUnit.Line)
{
    /// <summary>Gets a value that indicates whether the text is code, which is split at its blocks.</summary>
    public bool IsCode { get; init; }
}

/// <summary>Represents characters of a text that come from the same place in the file, up to the next run.</summary>
/// <param name="Start">The index of the first character in the text.</param>
/// <param name="Place">The number of the place, counted from 1, in the unit of the document.</param>
internal readonly record struct SourceRun(int Start, int Place)
{
    /// <summary>Returns the index of the run that contains a character. The runs are in the order of their starts.</summary>
    public static int FindIndex(IReadOnlyList<SourceRun> runs, int character)
    {
        var (low, high) = (0, runs.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = runs[middle].Start <= character ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
