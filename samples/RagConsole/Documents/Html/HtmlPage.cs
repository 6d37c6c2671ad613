using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace RagConsole.Documents.Html;

/// <summary>Parses web pages.</summary>
internal static class HtmlPage
{
    /// <summary>Browsers nest elements up to this depth too. Deeper elements follow the deepest one.</summary>
    private const int MaxDepth = 512;

    /// <summary>
    /// Pages with tags that are never closed can reach the depth. The work of the parser grows with the square of the open elements,
    /// and with this many the page is not a document.
    /// </summary>
    private const int MaxElementsAtMaxDepth = 10_000;

    /// <summary>Parses a page and records where its elements and texts come from.</summary>
    /// <exception cref="UnreadableDocumentException">The elements are nested too deeply.</exception>
    public static IHtmlDocument Parse(string source, SourceLines lines)
    {
        var previous = (IElement?)null;
        var deepElements = 0;
        var parser = new HtmlParser(new HtmlParserOptions
        {
            MaximumDepth = MaxDepth,

            // Scripts do not run, but the content of noscript is not shown, as in a browser.
            IsScripting = true,
            OnToken = (token, range) => lines.Add(token, range.End.Index),
            OnCreated = (element, position) =>
            {
                // The parser attaches an element after this call, so the depth is that of the element before.
                lines.Add(element, position.Index);
                if (GetDepth(previous) >= MaxDepth && ++deepElements > MaxElementsAtMaxDepth)
                {
                    throw new UnreadableDocumentException($"its elements are nested more than {MaxDepth} levels deep.");
                }

                previous = element;
            },
        });
        return parser.ParseDocument(source);
    }

    private static int GetDepth(IElement? element)
    {
        var depth = 0;
        for (; element is not null; element = element.ParentElement)
        {
            depth++;
        }

        return depth;
    }
}
