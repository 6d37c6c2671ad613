using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace RagConsole.Documents;

/// <summary>Reads the visible text of a web page: title, headings in Markdown style, and one line for each block of text.</summary>
internal static class HtmlText
{
    private static readonly HashSet<string> Skipped = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "nav", "template", "noscript", "head", "svg", "iframe", "button", "select", "textarea",
    };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "blockquote", "body", "br", "dd", "details", "div", "dl", "dt", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
        "summary", "table", "td", "th", "tr", "ul",
    };

    public static Document? Read(byte[] content)
    {
        if (content.AsSpan().Contains((byte)0))
        {
            return null;
        }

        // Elements only have a position in the source with this option.
        var parser = new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = true });
        using var stream = new MemoryStream(content);
        using var page = parser.ParseDocument(stream);
        var text = new BlockText();
        text.Add($"# {page.Title}", LineOf(page.QuerySelector("title")) ?? 1, separate: true);
        Visit(page.Body, LineOf(page.Body) ?? 1, text);
        text.EndBlock();
        return text.ToDocument();
    }

    private static void Visit(INode? parent, int line, BlockText text)
    {
        foreach (var node in parent?.ChildNodes ?? Enumerable.Empty<INode>())
        {
            switch (node)
            {
                case IText inline:
                    text.Append(inline.Data, line);
                    break;
                case IElement element when !Skipped.Contains(element.LocalName):
                    VisitElement(element, LineOf(element) ?? line, text);
                    break;
            }
        }
    }

    private static void VisitElement(IElement element, int line, BlockText text)
    {
        if (!Blocks.Contains(element.LocalName))
        {
            Visit(element, line, text);
            return;
        }

        text.EndBlock();
        if (element is IHtmlHeadingElement)
        {
            text.Add($"{new string('#', element.LocalName[1] - '0')} {element.TextContent}", line, separate: true);
            return;
        }

        Visit(element, line, text);
        text.EndBlock(separate: element.LocalName is "p" or "ul" or "ol" or "table" or "section" or "div");
    }

    private static int? LineOf(IElement? element) => element?.SourceReference?.Position.Line;

    /// <summary>Collects lines of text and the source line where each begins.</summary>
    private sealed class BlockText
    {
        private readonly List<string> _lines = [];
        private readonly List<int> _sources = [];
        private readonly StringBuilder _block = new();
        private int _blockLine;

        /// <summary>Appends text to the current block.</summary>
        public void Append(string text, int line)
        {
            if (_block.Length == 0)
            {
                _blockLine = line;
            }

            _block.Append(text);
        }

        /// <summary>Adds a complete block.</summary>
        public void Add(string text, int line, bool separate)
        {
            Append(text, line);
            EndBlock(separate);
        }

        /// <summary>Ends the block: adds it as a line with collapsed white space and, if requested, a blank line.</summary>
        public void EndBlock(bool separate = false)
        {
            var line = string.Join(' ', _block.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            _block.Clear();
            if (line.Trim('#', ' ').Length > 0)
            {
                AddLine(line, _blockLine);
            }

            if (separate && _lines is [.., not ""])
            {
                AddLine("", _sources[^1]);
            }
        }

        public Document ToDocument() => new(string.Join('\n', _lines), _sources);

        private void AddLine(string line, int source)
        {
            _lines.Add(line);
            _sources.Add(source);
        }
    }
}
