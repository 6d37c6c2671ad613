using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using MathText = DocumentFormat.OpenXml.Math.Text;

namespace RagConsole.Documents.Office;

/// <summary>Reads the text of a Word document as its final version shows it: headings, lists, tables, notes and text boxes.</summary>
/// <remarks>
/// Places are pages if the program that saved the file recorded where they end. Otherwise they are paragraphs, because explicit page
/// breaks alone do not determine the number of a page.
/// </remarks>
internal sealed class WordText
{
    private const string Kind = "a Word document";

    private readonly TextBuilder _text = new();
    private readonly WordFields _fields = new();
    private readonly WordStyles _styles;
    private readonly WordNumbering _numbering;
    private readonly WordNotes _notes;
    private readonly bool _hasPages;

    /// <summary>Notes and text boxes of the current paragraph or row, which follow it.</summary>
    private readonly Queue<(string Label, OpenXmlElement Content)> _later = [];

    private int _place;
    private bool _isNewParagraph;
    private bool _isInRow;
    private bool _hasTitle;
    private bool _isAddingLater;

    private WordText(MainDocumentPart part)
    {
        _hasPages = OfficePackage.Check(part, find: "lastRenderedPageBreak");
        _place = _hasPages ? 1 : 0;
        _styles = new WordStyles(part.StyleDefinitionsPart);
        _numbering = new WordNumbering(part.NumberingDefinitionsPart);
        _notes = new WordNotes(part);
    }

    public static ReadResult Read(byte[] content)
    {
        using var package = OfficePackage.Open(content, Kind, "word", stream => WordprocessingDocument.Open(stream, isEditable: false));
        if (package.MainDocumentPart is not { } part)
        {
            throw new UnreadableDocumentException("it is damaged: its main part is missing.");
        }

        var text = new WordText(part);
        text.ReadBody(part);
        var unit = text._hasPages ? PlaceUnit.Page : PlaceUnit.Paragraph;
        return ReadResult.Create(
            text._text.ToDocument(unit, package.PackageProperties.Title?.Trim() ?? ""),
            "it has no text. If it contains scanned pages, save it as a PDF with a text layer.");
    }

    /// <summary>Reads the blocks of the body one by one, so that only one of them is in memory.</summary>
    private void ReadBody(MainDocumentPart part)
    {
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read() && reader.ElementType != typeof(Body))
        {
        }

        for (var isBlock = reader.ReadFirstChild(); isBlock && !_text.IsTooLong; isBlock = reader.ReadNextSibling())
        {
            if (reader.LoadCurrentElement() is { } block)
            {
                Add(block);
            }
        }
    }

    private void Add(OpenXmlElement element)
    {
        switch (element)
        {
            case Paragraph paragraph:
                AddParagraph(paragraph);
                break;
            case Table table when !_isInRow:
                _text.EndBlock(blankLine: true);
                AddChildren(table);
                _text.EndBlock(blankLine: true);
                break;
            case TableRow row:
                AddRow(row);
                break;
            case TableCell cell:
                _text.StartCell();
                AddChildren(cell);
                break;
            case Run run:
                AddRun(run);
                break;

            // Text that was deleted or moved away.
            case DeletedRun or MoveFromRun:
                Skip(element);
                break;
            case ParagraphProperties or RunProperties or TableProperties or SectionProperties or RubyContent:
                break;
            case SdtElement control when control.SdtProperties?.GetFirstChild<ShowingPlaceholder>() is not null:
                break;
            case TextBoxContent box:
                _later.Enqueue(("", box));
                break;
            case MathText math:
                Append(math.Text);
                break;
            default:
                AddChildren(element);
                break;
        }
    }

    private void AddChildren(OpenXmlElement element)
    {
        foreach (var child in OfficePackage.GetShownChildren(element))
        {
            Add(child);
        }
    }

    private void AddParagraph(Paragraph paragraph)
    {
        var properties = paragraph.ParagraphProperties;
        var id = properties?.ParagraphStyleId?.Val?.Value;
        var style = _styles.Find(id);
        if (style.IsContents || style.IsHidden)
        {
            Skip(paragraph);
            return;
        }

        _isNewParagraph |= !_isInRow;
        var item = _numbering.Count(properties?.NumberingProperties, style.Numbering, id);
        var level = properties?.OutlineLevel?.Val?.Value is { } own ? (own is >= 0 and < 9 ? own + 1 : null) : style.Level;
        if (_isInRow)
        {
            _text.AddSpace();
            AddChildren(paragraph);
            _text.AddSpace();
            return;
        }

        if (level is not null)
        {
            // The title of a document is above its sections.
            _text.StartHeading(
                level.Value + (_hasTitle || level == 0 ? 1 : 0), item is { Label: not "-" and not "" } number ? $"{number.Label} " : "");
            var length = _text.Length;
            AddChildren(paragraph);
            _text.EndHeading();
            _hasTitle |= level == 0 && _text.Length > length;
        }
        else
        {
            _text.EndBlock(blankLine: item is null);
            _text.SetPrefix(item is null ? "" : $"{new string(' ', 2 * item.Value.Level)}{item.Value.Label} ");
            AddChildren(paragraph);
            _text.SetPrefix("");
            _text.EndBlock(blankLine: item is null);
        }

        AddLater();
    }

    /// <summary>Adds a row of a table as a line. Tables in its cells continue the line.</summary>
    private void AddRow(TableRow row)
    {
        if (row.TableRowProperties?.GetFirstChild<Deleted>() is not null)
        {
            return;
        }

        if (_isInRow)
        {
            AddChildren(row);
            return;
        }

        _text.EndBlock(blankLine: false);
        (_isInRow, _isNewParagraph) = (true, true);
        AddChildren(row);
        _isInRow = false;
        _text.EndBlock(blankLine: false);
        AddLater();
    }

    /// <summary>Adds the notes and text boxes of a paragraph or a row after it. A note is one paragraph.</summary>
    private void AddLater()
    {
        if (_isInRow || _isAddingLater)
        {
            return;
        }

        _isAddingLater = true;
        while (_later.TryDequeue(out var later))
        {
            _text.EndBlock(blankLine: true);
            _text.SetPrefix(later.Label);
            _isInRow = later.Label.Length > 0;
            _isNewParagraph |= _isInRow;
            AddChildren(later.Content);
            _isInRow = false;
            _text.SetPrefix("");
            _text.EndBlock(blankLine: true);
        }

        _isAddingLater = false;
    }

    private void AddRun(Run run)
    {
        var isHidden = run.RunProperties?.Vanish is { } vanish && (vanish.Val is null || vanish.Val.Value);
        foreach (var child in OfficePackage.GetShownChildren(run))
        {
            if (child is FieldChar or LastRenderedPageBreak)
            {
                Skip(child);
            }
            else if (!isHidden && _fields.AreShown)
            {
                AddRunChild(child);
            }
        }
    }

    private void AddRunChild(OpenXmlElement child)
    {
        switch (child)
        {
            case Text text:
                Append(text.Text);
                break;
            case TabChar or PositionalTab:
                _text.AddPreformattedSpace(' ');
                break;
            case Break or CarriageReturn when _isInRow:
                _text.AddSpace();
                break;
            case Break or CarriageReturn:
                _text.AddLineBreak();
                break;
            case NoBreakHyphen:
                Append("-");
                break;
            case FootnoteReference or EndnoteReference:
                AddNote(child);
                break;
            case FieldCode or DeletedText or DeletedFieldCode:
                break;
            case Ruby ruby:
                AddChildren(ruby);
                break;
            default:
                AddChildren(child);
                break;
        }
    }

    private void AddNote(OpenXmlElement reference)
    {
        if (_notes.Count(reference) is var (number, note))
        {
            Append($"[{number}]");
            _later.Enqueue(($"[{number}] ", note));
        }
    }

    /// <summary>Follows the pages and the fields in an element whose text is not shown.</summary>
    private void Skip(OpenXmlElement element)
    {
        foreach (var child in element.Descendants().Prepend(element))
        {
            if (child is FieldChar field)
            {
                _fields.Move(field);
            }
            else if (child is LastRenderedPageBreak)
            {
                _place++;
            }
        }
    }

    private void Append(string text)
    {
        if (_isNewParagraph && !string.IsNullOrWhiteSpace(text))
        {
            _isNewParagraph = false;
            _place += _hasPages ? 0 : 1;
        }

        _text.Append(text, Math.Max(1, _place));
    }
}
