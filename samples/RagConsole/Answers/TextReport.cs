using System.Globalization;
using RagConsole.Output;
using RagConsole.Passages;

namespace RagConsole.Answers;

/// <summary>Writes plain text for pipes and files.</summary>
internal sealed class TextReport(TextWriter output) : IReportFormat
{
    /// <inheritdoc/>
    public void WritePassage(int number, Hit hit, Findings findings)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number}. {hit.Score:F3}  {Describe(hit.Passage)}"));
        foreach (var line in hit.Context is { } context ? NumberedLines.Create(hit.Passage, context) : Printable.Lines(hit.Passage.Text))
        {
            output.WriteLine($"   {line}");
        }

        output.WriteLine();
    }

    /// <inheritdoc/>
    public void WriteCitation(int number, Passage passage) => output.WriteLine($"  [{number}] {Describe(passage)}");

    /// <inheritdoc/>
    public void WriteHeading(string heading) => output.WriteLine($"{heading}:");

    /// <inheritdoc/>
    public void WriteAnswerPart(string part) => output.Write(Printable.Text(part));

    /// <inheritdoc/>
    public void EndAnswer() => output.WriteLine();

    /// <summary>Returns the place of a passage and the title of its document.</summary>
    private static string Describe(Passage passage)
    {
        var place = FilePlace.Describe(passage);
        return Printable.Name(passage.Title.Length == 0 ? place : $"{place} ({passage.Title})");
    }
}
