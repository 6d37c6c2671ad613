using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace RagConsole.Documents.Html;

/// <summary>Reads the visible text of a web page: title, headings in Markdown style, and lines as a browser shows them.</summary>
internal sealed class HtmlText
{
    private const string NoText = "it has no visible text. If scripts create the text, save the page from a browser.";

    private readonly SourceLines _lines;
    private readonly LinkLists _links;
    private readonly bool _skipNavigation;
    private readonly bool _skipLinks;
    private readonly TextBuilder _text = new();

    private HtmlText(SourceLines lines, LinkLists links, bool skipNavigation, bool skipLinks) =>
        (_lines, _links, _skipNavigation, _skipLinks) = (lines, links, skipNavigation, skipLinks);

    /// <summary>Reads a page. Navigation is left out, unless the page is mainly a list of links.</summary>
    public static ReadResult Read(byte[] content)
    {
        var decoded = TextDecoder.Decode(content, HtmlEncoding.FindDeclared(content));
        if (decoded.Text is null)
        {
            return ReadResult.Reject(decoded.Remark!);
        }

        return ReadResult.Create(Read(decoded.Text, titleAsHeading: true), NoText, decoded.Remark);
    }

    /// <summary>Reads a page, and returns an empty document if it does not have visible text.</summary>
    /// <param name="text">The source of the page.</param>
    /// <param name="titleAsHeading">Whether the title is also the first heading of the text.</param>
    /// <exception cref="UnreadableDocumentException">The elements are nested too deeply.</exception>
    public static Document Read(string text, bool titleAsHeading)
    {
        var source = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var lines = new SourceLines(source);
        using var page = HtmlPage.Parse(source, lines);
        if (page.Body is not { } body)
        {
            return new Document("");
        }

        var links = LinkLists.Find(body);
        var title = page.All.OfType<IHtmlTitleElement>().FirstOrDefault();
        var (document, length) = Render(skipNavigation: true, skipLinks: true);
        if (links.Any && Render(skipNavigation: true, skipLinks: false) is var withLinks && withLinks.Length > 2 * length)
        {
            (document, length) = withLinks;
        }

        if (length == 0)
        {
            (document, length) = Render(skipNavigation: false, skipLinks: false);
        }

        var name = string.Join(' ', (title?.TextContent ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return length == 0 ? new Document("") : document with { Title = name };

        (Document Document, int Length) Render(bool skipNavigation, bool skipLinks) =>
            new HtmlText(lines, links, skipNavigation, skipLinks).Render(titleAsHeading ? title : null, body);
    }

    /// <summary>Returns the text and its length without the title.</summary>
    private (Document Document, int Length) Render(IElement? title, IElement body)
    {
        if (title is not null)
        {
            _text.StartHeading(1);
            _lines.MoveTo(title);
            AppendChildren(title, isPreformatted: false);
            _text.EndHeading();
        }

        var titleLength = _text.Length;
        Append(body, isPreformatted: false);
        return (_text.ToDocument(PlaceUnit.SourceLine), _text.Length - titleLength);
    }

    private void Append(IElement element, bool isPreformatted)
    {
        _lines.MoveTo(element);
        var display = Rendering.GetDisplay(element);
        if (display is Display.None or Display.Replaced
            || (_skipNavigation && LinkLists.IsNavigation(element))
            || (_skipLinks && _links.Contains(element)))
        {
            _lines.Skip(element);
            EndSkipped(display);
            return;
        }

        isPreformatted |= Rendering.IsPreformatted(element);
        switch (display)
        {
            case Display.Heading:
                _text.StartHeading(element.LocalName[1] - '0');
                AppendChildren(element, isPreformatted);
                _text.EndHeading();
                break;
            case Display.Line or Display.Paragraph:
                _text.EndBlock(display == Display.Paragraph);
                AppendChildren(element, isPreformatted);
                _text.EndBlock(display == Display.Paragraph);
                break;
            case Display.Custom:
                _text.AddSpace();
                AppendChildren(element, isPreformatted);
                _text.AddSpace();
                break;
            case Display.Cell:
                _text.StartCell();
                AppendChildren(element, isPreformatted);
                break;
            case Display.Break:
                _text.AddLineBreak();
                break;
            default:
                AppendChildren(element, isPreformatted);
                break;
        }
    }

    private void EndSkipped(Display display)
    {
        if (display is Display.Line or Display.Paragraph)
        {
            _text.EndBlock(display == Display.Paragraph);
        }
        else if (display != Display.None)
        {
            _text.AddSpace();
        }
    }

    private void AppendChildren(IElement element, bool isPreformatted)
    {
        foreach (var node in element.ChildNodes)
        {
            if (node is IText text)
            {
                Append(text.Data, isPreformatted);
            }
            else if (node is IElement child)
            {
                Append(child, isPreformatted);
            }
        }
    }

    private void Append(string text, bool isPreformatted)
    {
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character))
            {
                var line = _lines.Read();
                if (!char.IsControl(character))
                {
                    _text.Append(character, line);
                }
            }
            else if (!isPreformatted)
            {
                _text.AddSpace();
            }
            else if (character == '\n')
            {
                _text.AddLineBreak();
            }
            else
            {
                _text.AddPreformattedSpace(character);
            }
        }
    }
}
