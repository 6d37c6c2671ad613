using System.Globalization;

namespace RagConsole.Output;

/// <summary>Lines for pipes and files: rank, score, file and line range, then the passage, indented.</summary>
internal static class PlainReport
{
    public static async Task WriteAsync(Findings findings, TextWriter output)
    {
        foreach (var (index, hit) in findings.Hits.Index())
        {
            var passage = hit.Passage;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {hit.Score:F3}  {passage.Place}"));
            foreach (var line in Printable.Lines(passage.Text))
            {
                output.WriteLine($"   {line}");
            }

            output.WriteLine();
        }

        if (findings.Answer is null)
        {
            return;
        }

        await foreach (var part in findings.Answer)
        {
            output.Write(part);
        }

        output.WriteLine();
    }
}
