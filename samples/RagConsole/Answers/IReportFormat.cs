using RagConsole.Passages;

namespace RagConsole.Answers;

/// <summary>Writes the parts of a report in one format.</summary>
internal interface IReportFormat
{
    /// <summary>Writes a passage with its number and its place.</summary>
    void WritePassage(int number, Hit hit, Findings findings);

    /// <summary>Writes the number and the place of a passage that an answer can cite.</summary>
    void WriteCitation(int number, Passage passage);

    void WriteHeading(string heading);

    /// <summary>Writes the next part of an answer.</summary>
    void WriteAnswerPart(string part);

    /// <summary>Ends the answer and its last line.</summary>
    void EndAnswer();
}
