namespace Jina.Extensions.AI.Chunking;

/// <summary>Finds positions in a text.</summary>
internal static class Positions
{
    /// <summary>Counts the ascending positions that are at most a value.</summary>
    public static int CountUpTo(ReadOnlySpan<int> ascending, int value)
    {
        var (low, high) = (0, ascending.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = ascending[middle] <= value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Returns the start of each line. Lines end with \n, \r\n or \r.</summary>
    public static int[] LineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        return [.. starts];
    }
}
