using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace RagConsole.Documents.Office;

/// <summary>Contains the footnotes and endnotes of a Word document, and counts them in the order of the text.</summary>
/// <remarks>Each note is returned once. In a damaged file, a note can refer to itself.</remarks>
internal sealed class WordNotes(MainDocumentPart part)
{
    private readonly Dictionary<long, Footnote> _footnotes = Index(
        OfficePackage.Load<Footnotes>(part.FootnotesPart)?.Elements<Footnote>(), note => note.Id?.Value);

    private readonly Dictionary<long, Endnote> _endnotes = Index(
        OfficePackage.Load<Endnotes>(part.EndnotesPart)?.Elements<Endnote>(), note => note.Id?.Value);

    private int _footnoteCount;
    private int _endnoteCount;

    /// <summary>Counts a reference to a note, and returns the number and the note, or null for another element.</summary>
    public (string Number, OpenXmlElement Note)? Count(OpenXmlElement element) => element switch
    {
        FootnoteReference reference when _footnotes.Remove(reference.Id?.Value ?? 0, out var note) =>
            ((++_footnoteCount).ToString(CultureInfo.InvariantCulture), note),
        EndnoteReference reference when _endnotes.Remove(reference.Id?.Value ?? 0, out var note) =>
            (WordNumbering.ToRoman(++_endnoteCount), note),
        _ => null,
    };

    private static Dictionary<long, T> Index<T>(IEnumerable<T>? notes, Func<T, long?> getId) => (notes ?? [])
        .Where(note => getId(note) is not null)
        .DistinctBy(getId)
        .ToDictionary(note => getId(note)!.Value);
}
