using System.Collections.Frozen;
using AngleSharp.Dom;

namespace RagConsole.Documents.Html;

/// <summary>Specifies how an element changes the flow of the text.</summary>
internal enum Display
{
    /// <summary>The text continues in the line.</summary>
    Inline,

    /// <summary>The element is not shown.</summary>
    None,

    /// <summary>The element is shown, but not as text: an image or a control. It separates words.</summary>
    Replaced,

    /// <summary>The content is separated from the words around it. The style sheet of the page decides about a custom element.</summary>
    Custom,

    /// <summary>A line break.</summary>
    Break,

    /// <summary>A cell of a table row.</summary>
    Cell,

    /// <summary>A block in lines of its own.</summary>
    Line,

    /// <summary>A block with a blank line before and after it.</summary>
    Paragraph,

    /// <summary>A heading.</summary>
    Heading,
}

/// <summary>Contains the rules of the section "Rendering" of the HTML standard that decide where words and lines end.</summary>
internal static class Rendering
{
    private static readonly FrozenDictionary<string, Display> Displays = new (Display Display, string Names)[]
    {
        (Display.None,
            "annotation annotation-xml area base basefont datalist head link meta noembed noframes noscript param rp script style "
            + "template title"),
        (Display.Replaced, "audio button canvas embed iframe img input meter object progress select svg video"),
        (Display.Break, "br"),
        (Display.Cell, "td th"),
        (Display.Line, "caption dd dt figcaption legend li marquee optgroup option summary tbody tfoot thead tr"),
        (Display.Paragraph,
            "address article aside blockquote body center details dialog dir div dl fieldset figure footer form frameset header "
            + "hgroup hr html listing main menu nav ol p plaintext pre search section table textarea ul xmp"),
        (Display.Heading, "h1 h2 h3 h4 h5 h6"),
    }.SelectMany(rule => rule.Names.Split(' ').Select(name => (name, rule.Display)))
        .ToFrozenDictionary(rule => rule.name, rule => rule.Display);

    private static readonly FrozenSet<string> Preformatted = ["listing", "plaintext", "pre", "textarea", "xmp"];

    /// <summary>Returns the display of an element.</summary>
    public static Display GetDisplay(IElement element)
    {
        // The text of hidden="until-found" is shown when a search in the page finds it.
        if (element.GetAttribute("hidden") is { } hidden && !hidden.Equals("until-found", StringComparison.OrdinalIgnoreCase))
        {
            return Display.None;
        }

        if (HasStyle(element, "display", "none"))
        {
            return Display.None;
        }

        return Displays.TryGetValue(element.LocalName, out var display) ? display
            : element.LocalName.Contains('-') ? Display.Custom
            : Display.Inline;
    }

    /// <summary>Determines whether white space and line breaks in the text of an element are shown.</summary>
    public static bool IsPreformatted(IElement element) =>
        Preformatted.Contains(element.LocalName) || HasStyle(element, "white-space", "pre");

    private static bool HasStyle(IElement element, string property, string value)
    {
        foreach (var declaration in (element.GetAttribute("style") ?? "").Split(';'))
        {
            var parts = declaration.Split(':', 2, StringSplitOptions.TrimEntries);
            if (parts.Length == 2
                && parts[0].Equals(property, StringComparison.OrdinalIgnoreCase)
                && parts[1].StartsWith(value, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
