using System.Globalization;
using RagConsole.Output;
using RagConsole.Passages;

namespace RagConsole.Answers;

/// <summary>Shows lines with their numbers as grep does: with a colon after those of the passage, and a hyphen after the others.</summary>
internal static class NumberedLines
{
    public static IEnumerable<string> Create(Passage passage, PassageContext context)
    {
        var width = (context.StartLine + context.Lines.Count - 1).ToString(CultureInfo.InvariantCulture).Length;
        return context.Lines.Select((line, index) =>
        {
            var number = context.StartLine + index;
            var mark = number >= passage.StartLine && number <= passage.EndLine ? ':' : '-';
            return $"{number.ToString(CultureInfo.InvariantCulture).PadLeft(width)}{mark} {Printable.Text(line)}".TrimEnd();
        });
    }
}
