using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;
using A = DocumentFormat.OpenXml.Drawing;
using Diagrams = DocumentFormat.OpenXml.Drawing.Diagrams;
using MathText = DocumentFormat.OpenXml.Math.Text;

namespace RagConsole.Documents.Office;

/// <summary>Reads the slides of a presentation in their order: titles as headings, text, tables, diagrams and speaker notes.</summary>
/// <remarks>
/// Hidden slides are read too. Speakers hide slides with details for questions, which is what a search is for, and PowerPoint counts them.
/// </remarks>
internal sealed class PowerPointText
{
    private const string Kind = "a PowerPoint presentation";

    private readonly TextBuilder _text = new();
    private int _slide;
    private bool _hasTitleSlide;

    private PowerPointText()
    {
    }

    public static ReadResult Read(byte[] content)
    {
        using var package = OfficePackage.Open(
            content, Kind, "presentation", stream => PresentationDocument.Open(stream, isEditable: false));
        if (package.PresentationPart is not { } part)
        {
            throw new UnreadableDocumentException("it is damaged: its main part is missing.");
        }

        var text = new PowerPointText();
        foreach (var slide in OfficePackage.Load<Presentation>(part).SlideIdList?.Elements<SlideId>() ?? [])
        {
            text._slide++;
            if (slide.RelationshipId?.Value is { } id && part.TryGetPartById(id, out var found) && found is SlidePart slidePart)
            {
                text.AddSlide(slidePart);
            }

            if (text._text.IsTooLong)
            {
                break;
            }
        }

        return ReadResult.Create(
            text._text.ToDocument(PlaceUnit.Slide, package.PackageProperties.Title?.Trim() ?? ""),
            $"it has no text (slides: {text._slide}). Text in pictures is not read.");
    }

    private void AddSlide(SlidePart part)
    {
        var tree = OfficePackage.Load<Slide>(part).CommonSlideData?.ShapeTree;
        if (tree is null)
        {
            return;
        }

        _text.EndBlock(blankLine: true);
        var shapes = tree.Descendants<Shape>().Where(shape => !shape.Ancestors<AlternateContentFallback>().Any());
        foreach (var title in shapes.Where(IsTitle))
        {
            AddTitle(title);
        }

        AddShapes(tree, part);
        if (part.NotesSlidePart is { } notes)
        {
            var texts = OfficePackage.Load<NotesSlide>(notes).Descendants<Shape>()
                .Where(shape => GetPlaceholder(shape)?.Type?.Value == PlaceholderValues.Body);
            _text.EndBlock(blankLine: true);
            _text.SetPrefix("Notes: ");
            foreach (var shape in texts)
            {
                AddParagraphs(shape);
            }

            _text.SetPrefix("");
            _text.EndBlock(blankLine: true);
        }
    }

    /// <summary>Adds a title. The title of a title slide is above the titles of the other slides.</summary>
    private void AddTitle(Shape title)
    {
        var isTitleSlide = _slide == 1 && GetPlaceholder(title)!.Type!.Value == PlaceholderValues.CenteredTitle;
        _text.StartHeading(_hasTitleSlide ? 2 : 1);
        var length = _text.Length;
        AddParagraphs(title);
        _text.EndHeading();
        _hasTitleSlide |= isTitleSlide && _text.Length > length;
    }

    private void AddShapes(OpenXmlElement parent, SlidePart part)
    {
        foreach (var child in OfficePackage.GetShownChildren(parent))
        {
            switch (child)
            {
                case Shape shape when IsTitle(shape) || IsFooter(shape) || IsHidden(shape):
                    break;
                case Shape shape:
                    _text.EndBlock(blankLine: true);
                    AddParagraphs(shape);
                    _text.EndBlock(blankLine: true);
                    break;
                case GroupShape or AlternateContent:
                    AddShapes(child, part);
                    break;
                case GraphicFrame frame:
                    AddFrame(frame, part);
                    break;
                default:
                    break;
            }
        }
    }

    private void AddFrame(GraphicFrame frame, SlidePart part)
    {
        _text.EndBlock(blankLine: true);
        foreach (var row in frame.Descendants<A.TableRow>())
        {
            _text.EndBlock(blankLine: false);
            foreach (var cell in row.Elements<A.TableCell>())
            {
                _text.StartCell();
                foreach (var paragraph in cell.Descendants<A.Paragraph>())
                {
                    _text.AddSpace();
                    AddRuns(paragraph, isLine: true);
                }
            }
        }

        if (frame.Descendants<Diagrams.RelationshipIds>().FirstOrDefault()?.DataPart?.Value is { } id
            && part.TryGetPartById(id, out var data) && data is DiagramDataPart diagram)
        {
            foreach (var paragraph in OfficePackage.Load<Diagrams.DataModelRoot>(diagram).Descendants<A.Paragraph>())
            {
                _text.EndBlock(blankLine: false);
                AddRuns(paragraph, isLine: false);
            }
        }

        _text.EndBlock(blankLine: true);
    }

    private void AddParagraphs(OpenXmlElement shape)
    {
        foreach (var paragraph in shape.Descendants<A.Paragraph>())
        {
            _text.EndBlock(blankLine: false);
            if (paragraph.ParagraphProperties?.Level?.Value is > 0 and var level)
            {
                _text.SetPrefix($"{new string(' ', 2 * (level - 1))}- ");
            }

            AddRuns(paragraph, isLine: false);
        }

        _text.EndBlock(blankLine: false);
    }

    private void AddRuns(OpenXmlElement parent, bool isLine)
    {
        foreach (var element in OfficePackage.GetShownChildren(parent))
        {
            switch (element)
            {
                case A.Text text:
                    _text.Append(isLine ? text.Text.ReplaceLineEndings(" ") : text.Text, _slide);
                    break;
                case MathText math:
                    _text.Append(math.Text, _slide);
                    break;
                case A.Break when isLine:
                    _text.AddSpace();
                    break;
                case A.Break:
                    _text.AddLineBreak();
                    break;
                default:
                    AddRuns(element, isLine);
                    break;
            }
        }
    }

    private static PlaceholderShape? GetPlaceholder(Shape shape) =>
        shape.NonVisualShapeProperties?.ApplicationNonVisualDrawingProperties?.PlaceholderShape;

    private static bool IsTitle(Shape shape) => GetPlaceholder(shape)?.Type is { } type
        && (type.Value == PlaceholderValues.Title || type.Value == PlaceholderValues.CenteredTitle);

    /// <summary>Dates, footers and numbers are the same on all slides.</summary>
    private static bool IsFooter(Shape shape) => GetPlaceholder(shape)?.Type is { } type
        && (type.Value == PlaceholderValues.DateAndTime || type.Value == PlaceholderValues.Footer
            || type.Value == PlaceholderValues.SlideNumber || type.Value == PlaceholderValues.Header);

    private static bool IsHidden(Shape shape) => shape.NonVisualShapeProperties?.NonVisualDrawingProperties?.Hidden?.Value == true;
}
